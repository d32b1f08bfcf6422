"""Guard of every server here against pages of other sites. Pure: what a request says goes in, a refusal comes out.

A page can make a host name of its own point to 127.0.0.1 and then read whatever listens there (DNS rebinding). Without
that it can still send forms and load images from there: it reads no answer, but the request takes effect. Browsers
tell both apart from a request of the user's own: Host names the address used, Origin and Referer the page, and
Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata/) whether there was a page at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

__all__ = ["Guard", "RequestSource", "is_loopback"]


@dataclass(frozen=True, slots=True)
class RequestSource:
    """Headers of a request that tell who asks; an empty text for each that is missing."""

    host: str = ""
    origin: str = ""
    referer: str = ""
    fetch_site: str = ""


class Guard:
    """Names a server answers to, and the rule for pages that ask it.

    Args:
        what: the server, in a refusal: "this emulator".
        address: where to find the server's right address, in a refusal: "the address it printed".
        names: further names, beside those of loopback.
        any_address: also answer to every IP address. An address cannot be rebound: only a name can.
    """

    def __init__(self, what: str, address: str, names: Iterable[str] = (), *, any_address: bool = False) -> None:
        self._what = what
        self._address = address
        self._names = frozenset(name.lower() for name in names)
        self._any_address = any_address

    def refusal(self, visit: RequestSource, *, harmless: bool = False) -> str | None:
        """Say why ``visit`` is turned away; None lets it in.

        Args:
            harmless: the request only shows something, so a link on another site may lead to it.
        """
        name = _name(visit.host)
        # Browsers always send Host. Whoever leaves it out is no page.
        if visit.host and not self._answers_to(name):
            return f"Host {name[:80]!r} is not {self._what}. Use {self._address}."
        if harmless or _is_own(visit, name):
            return None
        return (
            f"A page of another site asked this, and only pages of this machine may ask {self._what}. If it was you, "
            "paste the URL into the browser's address bar, or use curl."
        )

    def _answers_to(self, name: str) -> bool:
        return is_loopback(name) or name in self._names or (self._any_address and _is_address(name))


def is_loopback(name: str) -> bool:
    """Return True for ``localhost`` and for a loopback address."""
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def _is_own(visit: RequestSource, name: str) -> bool:
    """Return True if no page asks, or one of the same machine: JupyterLab's, or the server's own.

    A page can hide its address (no Origin, no Referer), but never that it is there: Sec-Fetch-Site tells.
    """
    page = visit.origin or visit.referer
    if page:
        host = _host_of(page)
        return host == name or is_loopback(host)
    return visit.fetch_site in ("", "none", "same-origin") or (visit.fetch_site == "same-site" and is_loopback(name))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _name(host: str) -> str:
    """Return a Host header's name or address, in lower case, without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _host_of(page: str) -> str:
    """Return the host of a page's URL, or of an Origin; an empty text for ``null`` and what is no URL."""
    try:
        return urlsplit(page).hostname or ""
    except ValueError:
        return ""
