"""Exchange with an ASGI application of this process: a prepared request goes in, a response comes out."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import requests
from requests.structures import CaseInsensitiveDict
from starlette.types import ASGIApp, Message

from ..sync import run_without_loop

__all__ = ["AsgiResponse", "exchange"]

_PORTS = {"http": 80, "https": 443}


class AsgiResponse(NamedTuple):
    """Response of an application, whole."""

    status: int
    headers: CaseInsensitiveDict[str]
    body: bytes


def exchange(
    app: ASGIApp,
    prepared: requests.PreparedRequest,
    run: Callable[[Coroutine[Any, Any, None]], None] = run_without_loop,
) -> AsgiResponse:
    """Send a request of ``requests`` to ``app``, and return its response.

    Args:
        run: runs the application's coroutine; by default at once, without an event loop.

    Raises:
        WouldWait: the application waited for something, and there is no event loop.
    """
    body = prepared.body or b""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body.encode() if isinstance(body, str) else body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def call() -> None:
        await app(_scope(prepared), receive, send)

    run(call())
    headers: dict[str, str] = {}
    for name, value in ((name.decode("latin-1"), value.decode("latin-1")) for name, value in sent[0]["headers"]):
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    received = b"".join(message.get("body", b"") for message in sent)
    return AsgiResponse(sent[0]["status"], CaseInsensitiveDict(headers), received)


def _scope(prepared: requests.PreparedRequest) -> dict[str, Any]:
    path, _, query = (prepared.path_url or "/").partition("?")
    address = urlsplit(prepared.url or "")
    headers = [(name.lower().encode("latin-1"), _header(value)) for name, value in prepared.headers.items()]
    if "Host" not in prepared.headers:
        headers.insert(0, (b"host", address.netloc.rpartition("@")[2].encode("latin-1")))
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": prepared.method,
        "scheme": address.scheme,
        "root_path": "",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": (address.hostname, address.port or _PORTS.get(address.scheme)),
    }


def _header(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1")
