"""Guard of every server here against pages of other sites. Pure: headers in, a refusal out.

A page can point a host name of its own to 127.0.0.1 and then read from any server there (DNS rebinding). Without
that it can still send forms and load images from there: it reads no response, but the request takes effect. Headers of
the browser tell both from the user's own requests: Host names the address used, Origin and Referer the page, and
Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata/) whether there was a page at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

__all__ = ["Guard", "RequestSource", "is_loopback"]


class RequestSource(msgspec.Struct, frozen=True):
    """Headers that show the source of a request; empty text for each that is missing."""

    host: str = ""
    origin: str = ""
    referer: str = ""
    fetch_site: str = ""


class Guard:
    """Host names of a server, and the rule for requests from pages.

    Args:
        what: name of the server for refusals: "this emulator".
        address: words for its right address in refusals: "the address it printed".
        names: further names, beside those of loopback.
        any_address: accept every IP address as host, too. Only names can be rebound.
    """

    def __init__(self, what: str, address: str, names: Iterable[str] = (), *, any_address: bool = False) -> None:
        self._what = what
        self._address = address
        self._names = frozenset(name.lower() for name in names)
        self._any_address = any_address

    def refusal(self, source: RequestSource, *, harmless: bool = False) -> str | None:
        """Return why a request is refused; None if it is allowed.

        Args:
            harmless: the request only shows a page, so that links on other sites are allowed.
        """
        name = _name(source.host)
        # Browsers always send Host: a request without it comes from no page.
        if source.host and not self._answers_to(name):
            return f"Host {name[:80]!r} is not {self._what}. Use {self._address}."
        if harmless or _is_own(source, name):
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


def _is_own(source: RequestSource, name: str) -> bool:
    """Return True if the request comes from no page, or from one of this machine: JupyterLab's, or the server's own.

    A page can hide its address (no Origin, no Referer), but Sec-Fetch-Site shows that there is one.
    """
    page = source.origin or source.referer
    if page:
        host = _host_of(page)
        return host == name or is_loopback(host)
    return source.fetch_site in ("", "none", "same-origin") or (source.fetch_site == "same-site" and is_loopback(name))


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
    """Return the host of a page's URL or Origin; empty text for ``null`` and for anything that is no URL."""
    try:
        return urlsplit(page).hostname or ""
    except ValueError:
        return ""
