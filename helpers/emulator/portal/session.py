"""Session of a browser: a cookie that stands for an account, and the proof that a page of ours sends it.

The Auth Token is never in a page, a script or a message. The cookie is derived from it, so that a session outlives a
restart with the same account. Cookies don't tell ports apart, so the name of ours has the port in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from starlette.types import Scope

from ..api.http.authentication import Credentials

__all__ = ["Sessions", "is_from_other_page", "is_from_own_page"]

_ROUNDS = 100_000
"""Rounds of the derivation: a short Auth Token must not be found by trying."""


class Sessions:
    """Sessions of one server.

    Args:
        accounts: accounts that can sign in.
        is_open: the network reaches the server, so that a browser must sign in; on loopback it is the first account's.
    """

    def __init__(self, accounts: Mapping[str, Credentials], *, is_open: bool) -> None:
        self._accounts = accounts
        self.is_open = is_open
        self._value: Callable[[str], str] = cache(self._derive)

    def account(self, scope: Scope) -> str | None:
        """Return the SID of the account whose cookie a request carries, or None."""
        headers = dict(scope["headers"])
        try:
            morsel = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(_cookie_name(headers))
        except CookieError:
            return None
        value = "" if morsel is None else morsel.value
        account_sid = value.partition(".")[0]
        if account_sid not in self._accounts or not compare_digest(value.encode(), self._value(account_sid).encode()):
            return None
        return account_sid

    def account_of_page(self, scope: Scope) -> str | None:
        """Return the account of a request from a page of this server with a session, or None."""
        return self.account(scope) if is_from_own_page(scope) else None

    @property
    def first(self) -> str | None:
        """Account of a browser that hasn't signed in; None if it must."""
        return None if self.is_open else next(iter(self._accounts))

    def cookie(self, scope: Scope, account_sid: str) -> tuple[bytes, bytes]:
        """Return the header that gives a browser the session of an account."""
        secure = "; Secure" if scope["scheme"] in ("https", "wss") else ""
        name = _cookie_name(dict(scope["headers"]))
        text = f"{name}={self._value(account_sid)}; Path=/; HttpOnly; SameSite=Strict{secure}"
        return b"set-cookie", text.encode()

    def _derive(self, account_sid: str) -> str:
        from hashlib import pbkdf2_hmac  # here, because Python in a web page can lack it, and has no cookies

        token = self._accounts[account_sid].auth_token.encode()
        return f"{account_sid}.{pbkdf2_hmac('sha256', token, f'portal {account_sid}'.encode(), _ROUNDS).hex()}"


def is_from_own_page(scope: Scope) -> bool:
    """Return True if the browser says that a page of this very server sent the request.

    Browsers send no Origin with a GET to the page's own server, and Sec-Fetch-Site only over HTTPS and to loopback;
    Referer is always there, as the page's policy asks for it.
    """
    headers: dict[bytes, bytes] = dict(scope["headers"])
    if (origin := headers.get(b"origin")) is not None:
        return _is_own_address(origin, headers)
    if (site := headers.get(b"sec-fetch-site")) is not None:
        return site == b"same-origin"
    return _is_own_address(headers.get(b"referer", b""), headers)


def is_from_other_page(scope: Scope) -> bool:
    """Return True if the browser says that a page of another server sent the request, at another port for instance."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    names_page = b"origin" in headers or b"referer" in headers or headers.get(b"sec-fetch-site", b"none") != b"none"
    return names_page and not is_from_own_page(scope)


def _is_own_address(address: bytes, headers: Mapping[bytes, bytes]) -> bool:
    try:
        parts = urlsplit(address.decode("latin-1").lower())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc == headers.get(b"host", b"").decode("latin-1").lower()


def _cookie_name(headers: Mapping[bytes, Any]) -> str:
    port = headers.get(b"host", b"").decode("latin-1").rpartition(":")[2]
    return f"taskrouter_portal_{port}" if port.isascii() and port.isdigit() else "taskrouter_portal"
