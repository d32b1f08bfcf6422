"""What stands before the application: who may knock, what is logged, and a refusal on request."""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from helpers.emulator.api.errors import error_body
from helpers.emulator.faults import Faults
from helpers.emulator.hint import hint_header

__all__ = ["Gate", "Log"]

Log = Callable[[dict[str, Any]], None]
"""Takes one finished request: method, path, status, duration_ms."""

_EVERYWHERE = ("0.0.0.0", "::")


class Gate:
    """Lets requests through to ``app``.

    A page in a browser can make its host name point to 127.0.0.1 and then talk to whatever listens there. So the Host
    header must name this machine, or the host the server was told to bind; and the admin routes, which need no
    password, turn away requests that another site's page makes.
    """

    def __init__(self, app: ASGIApp, faults: Faults, host: str, log: Log | None = None) -> None:
        self._app = app
        self._faults = faults
        self._host = host
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turn a request away, or hand it on."""
        if self._log is not None:
            send = _logging(scope, send, self._log)
        headers = dict(scope["headers"])
        refusal = self._refusal(scope, headers.get(b"host", b"").decode("latin-1"), headers.get(b"origin"))
        if refusal is None:
            await self._app(scope, receive, send)
            return
        status, code, text, *more = refusal
        body = error_body(status, code, text)
        fixed = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": [*fixed, *more]})
        await send({"type": "http.response.body", "body": body})

    def _refusal(self, scope: Scope, host: str, origin: bytes | None) -> tuple[Any, ...] | None:
        if host and not self._is_ours(_name(host)):
            return 403, 20403, f"Host {_name(host)[:80]!r} is not this emulator: call it by the address it printed"
        if scope["path"].startswith("/_emulator"):
            if origin is not None and origin.decode("latin-1").partition("://")[2] != host:
                return 403, 20403, "Pages of other sites may not use the emulator's own routes"
        elif self._faults.pending and scope["path"].startswith("/v1/") and self._faults.take("busy") is not None:
            return 429, 20429, "Too Many Requests", *_BUSY
        return None

    def _is_ours(self, name: str) -> bool:
        return name == self._host or _is_loopback(name) or self._host in _EVERYWHERE


_BUSY = (
    hint_header(["Asked for at /_emulator/faults."]),
    (b"retry-after", b"1"),
    (b"x-rate-limit-limit", b"100"),
    (b"x-rate-limit-remaining", b"0"),
    (b"x-rate-limit-config", b"emulator"),
)


def _is_loopback(name: str) -> bool:
    """Whether ``name`` is localhost or a loopback address."""
    if name in ("127.0.0.1", "localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _name(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


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
