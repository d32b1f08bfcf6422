"""What stands before the application: who may knock, what is logged, and a refusal on request."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..api.http.authentication import CHALLENGE, Credentials, authenticate
from ..api.http.rest_errors import Unauthenticated, error_body
from ..callbacks.faults import Faults
from ..emulator_errors import BadStart
from ..guard import Guard, RequestSource
from ..hint_header import hint_header

__all__ = ["HEALTH", "HostGuard", "Log", "guard_for"]

Log = Callable[[dict[str, Any]], None]
"""Takes one finished request: method, path, status, duration_ms."""

HEALTH = "/_emulator/health"
"""Open to everybody who may knock: it says only that the server answers, and its version."""

_ADMIN = "/_emulator"


class HostGuard:
    """Lets requests through to ``app``.

    Args:
        guard: keeps pages of other sites out.
        accounts: whose password the admin routes ask for; None where they ask for none, on loopback.
        log: takes each finished request.
    """

    def __init__(
        self,
        app: ASGIApp,
        faults: Faults,
        guard: Guard,
        accounts: Mapping[str, Credentials] | None = None,
        log: Log | None = None,
    ) -> None:
        self._app = app
        self._faults = faults
        self._guard = guard
        self._accounts = accounts
        self._log = log
        self._let_in: tuple[bytes | None, ...] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turn a request away, or hand it on."""
        if self._log is not None:
            send = _logging(scope, send, self._log)
        refusal = self._refusal(scope["path"], dict(scope["headers"]))
        if refusal is None:
            await self._app(scope, receive, send)
            return
        status, code, text, *more = refusal
        body = error_body(status, code, text)
        fixed = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": [*fixed, *more]})
        await send({"type": "http.response.body", "body": body})

    def _refusal(self, path: str, headers: dict[bytes, bytes]) -> tuple[Any, ...] | None:
        asking = tuple(map(headers.get, _TELLING))
        if asking != self._let_in:  # a client's requests are all alike
            text = self._guard.refusal(RequestSource(*map(_text, asking)), harmless=path == "/")
            if text is not None:
                return 403, 20403, text
            self._let_in = asking if path != "/" else None
        if path.startswith(_ADMIN) and path != HEALTH:
            return self._stranger(headers.get(b"authorization", b""))
        if self._faults.pending and path.startswith("/v1/") and self._faults.take("busy") is not None:
            return 429, 20429, "Too Many Requests", *_BUSY
        return None

    def _stranger(self, authorization: bytes) -> tuple[Any, ...] | None:
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


_TELLING = (b"host", b"origin", b"referer", b"sec-fetch-site")


def _text(value: bytes | None) -> str:
    return "" if value is None else value.decode("latin-1")


def guard_for(host: str, allow_hosts: Sequence[str], *, is_open: bool) -> Guard:
    """Guard of a server bound to ``host``; ``is_open`` if the network reaches it.

    Raises:
        BadStart: one of ``allow_hosts`` is more, or less, than a name.
    """
    for name in allow_hosts:
        if not re.fullmatch(r"[\w.-]+", name):
            raise BadStart("allow_hosts", f"The host name is {name!r}. Give the name alone, such as taskrouter.test.")
    names = [host, *allow_hosts, *(_own_names() if is_open else ())]
    address = "the address it printed, or start it with --allow-host NAME"
    return Guard("this emulator", address, names, any_address=is_open)


def _own_names() -> tuple[str, ...]:
    """Return what others on the network call this machine; nobody is asked for it."""
    name = socket.gethostname()
    first = name.partition(".")[0]
    return name, first, f"{first}.local"  # the last by multicast DNS


_BUSY = (
    hint_header(["Asked for at /_emulator/faults."]),
    (b"retry-after", b"1"),
    (b"x-rate-limit-limit", b"100"),
    (b"x-rate-limit-remaining", b"0"),
    (b"x-rate-limit-config", b"emulator"),
)


def _logging(scope: Scope, send: Send, log: Log) -> Send:
    started = time.perf_counter()

    async def logged(message: Message) -> None:
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

    return logged
