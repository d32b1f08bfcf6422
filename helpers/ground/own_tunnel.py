"""Tunnel of one's own: a program that is no concern of ours leads a public URL to a port of this machine."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from helpers.emulator.guard import is_loopback
from helpers.ground.edge_responses import explain_response

__all__ = ["OwnTunnel", "find_fault"]


class OwnTunnel:
    """Tunnel that runs already, from ``public_url`` to ``port``; nothing here can open, close or watch it."""

    inspector_url = None

    def __init__(self, public_url: str, port: int) -> None:
        self.port = port
        self._url = public_url
        self.public_url: str | None = None

    def open(self, url: str) -> str:
        """Return its public URL."""
        self.public_url = self._url
        return self._url

    def close(self) -> None:
        """Forget that it leads here."""
        self.public_url = None

    def lose(self) -> bool:
        """Return False: its program isn't ours."""
        return False

    def trouble(self) -> None:
        """Return None: nobody here knows."""

    def explain(self, status: int, headers: Mapping[str, str]) -> str | None:
        """Return a sentence about a response that isn't the listener's, or None if nothing is known of it."""
        return explain_response(status, headers)


def find_fault(public_url: str) -> str | None:
    """Return the rule that ``public_url`` breaks, with the next step, or None if Twilio can send callbacks there.

    It is what a tunnel shows: ``https://``, a host and perhaps a path, before which nothing of a callback's URL stands.
    """
    if any(letter.isspace() or not letter.isprintable() for letter in public_url):
        return "It has spaces. Copy only the address that your tunnel shows."
    try:
        parts = urlsplit(public_url)
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        return "It isn't a URL. Copy the address that your tunnel shows, for example https://example.com."
    return _fault_of_host(parts) or _fault_of_rest(parts, public_url)


def _fault_of_host(parts: SplitResult) -> str | None:
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "https":
        return (
            "It doesn't begin with https://. Without it, others can read signed callbacks on the way and send them "
            "again."
        )
    if not host:
        return "It has no host. Copy the address that your tunnel shows, for example https://example.com."
    if "@" in parts.netloc:
        return "It has a user name or a password. Leave out everything before the @, and the @."
    if is_loopback(host) or host.endswith(".localhost") or host in ("0.0.0.0", "::"):
        return "It's this machine, and Twilio can't call it. Use the public address that your tunnel shows."
    if host == "twilio.com" or host.endswith(".twilio.com"):
        return "It's Twilio's own address. Use the address of your tunnel, which leads to this machine."
    return None


def _fault_of_rest(parts: SplitResult, public_url: str) -> str | None:
    if "?" in public_url or "#" in public_url:
        return "It has a query or a fragment (? or #). Leave it out."
    if public_url.endswith("/"):
        return f"It ends with a slash. Leave the slash out: {public_url.rstrip('/')}"
    return None
