"""Middleware before the application: guard against other sites, log of requests, and 429 on request."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..api.http.authentication import CHALLENGE, PAGE_HEADER, SESSION_ACCOUNT, Credentials, authenticate
from ..api.http.rest_errors import Unauthenticated, error_body
from ..callbacks.faults import Faults
from ..emulator_errors import BadStart
from ..guard import Guard, RequestSource
from ..hint_header import hint_header
from ..portal.page_paths import PORTAL, is_page

__all__ = ["HEALTH", "HostGuard", "Log", "guard_for"]

Log = Callable[[dict[str, Any]], None]
"""Function called with each finished request: method, path, status, duration_ms."""

HEALTH = "/_emulator/health"
"""Path that never asks for a password: it shows only that the server runs, and its version."""

_ADMIN = "/_emulator"

_WITHOUT_PASSWORD = (HEALTH, _ADMIN)
"""Paths that show nothing of the state; the second is the page that lists the others."""


class HostGuard:
    """Middleware that logs requests, refuses those from other sites, and returns 429 while a ``busy`` fault is pending.

    Args:
        guard: refuses requests from pages of other sites.
        accounts: accounts whose password the admin routes ask for; None, on loopback, if they ask for none.
        log: called with each finished request.
        account_of_page: returns the account whose session a request of the portal's page has, or None.
    """

    def __init__(
        self,
        app: ASGIApp,
        faults: Faults,
        guard: Guard,
        accounts: Mapping[str, Credentials] | None = None,
        log: Log | None = None,
        account_of_page: Callable[[Scope], str | None] = lambda scope: None,
    ) -> None:
        self._app = app
        self._faults = faults
        self._guard = guard
        self._account_of_page = account_of_page
        self._accounts = accounts
        self._log = log
        self._let_in: tuple[bytes | None, ...] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request or a WebSocket, or pass it on."""
        if self._log is not None:
            send = _with_log(scope, send, self._log)
        refusal = self._refusal(scope, dict(scope["headers"]))
        if refusal is None:
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})  # before it is accepted: the client gets 403
            return
        status, code, text, *more = refusal
        body = error_body(status, code, text)
        fixed = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": [*fixed, *more]})
        await send({"type": "http.response.body", "body": body})

    def _refusal(self, scope: Scope, headers: dict[bytes, bytes]) -> tuple[Any, ...] | None:
        path = scope["path"]
        source = tuple(map(headers.get, _SOURCE_HEADERS))
        if source != self._let_in:  # a client's requests have the same headers
            harmless = is_page(path)
            text = self._guard.refusal(RequestSource(*map(_text, source)), harmless=harmless)
            if text is not None:
                return 403, 20403, text
            self._let_in = None if harmless else source
        if PAGE_HEADER in headers and b"authorization" not in headers and not path.startswith(PORTAL):
            scope[SESSION_ACCOUNT] = self._account_of_page(scope)
            return None if scope[SESSION_ACCOUNT] else (401, 20003, "Authenticate", _NO_SESSION)
        if path.startswith(_ADMIN) and path not in _WITHOUT_PASSWORD:
            return self._check_password(headers.get(b"authorization", b""))
        if self._faults.pending and path.startswith("/v1/") and self._faults.take("busy") is not None:
            return 429, 20429, "Too Many Requests", *_BUSY
        return None

    def _check_password(self, authorization: bytes) -> tuple[Any, ...] | None:
        if self._accounts is None:
            return None
        try:
            authenticate(authorization, self._accounts)
        except Unauthenticated as refused:
            text = (
                "This emulator is open to the network, so its own routes ask for a password. Send the Account SID and "
                "the Auth Token, with curl -u for instance."
            )
            return refused.status, refused.code, text, CHALLENGE
        return None


_SOURCE_HEADERS = (b"host", b"origin", b"referer", b"sec-fetch-site")


def _text(value: bytes | None) -> str:
    return "" if value is None else value.decode("latin-1")


def guard_for(
    host: str, also_known_as: Sequence[str] = (), own_names: Sequence[str] = (), *, is_open: bool = False
) -> Guard:
    """Return the guard of a server bound to ``host``.

    Args:
        own_names: names that this machine gives itself.
        is_open: the network reaches it.

    Raises:
        BadStart: ``also_known_as`` is no list, or one of it is not a bare name.
    """
    if isinstance(also_known_as, str):  # each of its letters would be a name
        raise BadStart("also_known_as", f"The names are {also_known_as!r}. Give a list, such as [{also_known_as!r}].")
    for name in also_known_as:
        if not re.fullmatch(r"[\w.-]+", name):
            raise BadStart("also_known_as", f"The host name is {name!r}. Give the name alone, such as taskrouter.test.")
    address = "the address it printed, or start it with --also-known-as NAME"
    return Guard("this emulator", address, [host, *also_known_as, *own_names], any_address=is_open)


_NO_SESSION = hint_header(
    ["This browser has no session with this emulator, or its cookie was blocked. Open the portal in a tab of its own."]
)

_BUSY = (
    hint_header(["Asked for at /_emulator/faults."]),
    (b"retry-after", b"1"),
    (b"x-rate-limit-limit", b"100"),
    (b"x-rate-limit-remaining", b"0"),
    (b"x-rate-limit-config", b"emulator"),
)


def _with_log(scope: Scope, send: Send, log: Log) -> Send:
    started = time.perf_counter()

    async def send_and_log(message: Message) -> None:
        if message["type"] == "http.response.start":
            duration_ms = round((time.perf_counter() - started) * 1000, 2)
            log(
                {
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": message["status"],
                    "duration_ms": duration_ms,
                }
            )
        await send(message)

    return send_and_log
