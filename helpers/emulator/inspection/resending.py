"""Sending a logged request again, as it was or with other parameters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import unquote, urlencode

import msgspec
from starlette.types import ASGIApp, Message

from ..engine.model.changes import Callback
from ..engine.model.refusals import Invalid, NotFound
from ..request_log.logged_request import LoggedRequest
from ..settling import AFTER_CALLBACKS_HEADER
from .contents import is_form

__all__ = ["SendCallback", "resend_callback", "resend_request"]

SendCallback = Callable[[Callback, int, tuple[str, ...]], Awaitable[object | None]]
"""Function that sends a callback again: it gets the number of the request and what was changed; None if dropped."""

_LEFT_OUT = frozenset({b"content-length", AFTER_CALLBACKS_HEADER.lower().encode()})
_Pairs = Sequence[tuple[str, str]]


async def resend_callback(
    send: SendCallback, number: int, callback: Callback, form: _Pairs | None, body: str | None
) -> None:
    """Send a callback again, signed for the parameters that it has now.

    Raises:
        Invalid: two parameters have the same name, or a body is given: a callback is a form.
        NotFound: it was dropped, because the emulator was reset or stopped.
    """
    if body is not None:
        raise Invalid("A callback is a form: pass its parameters, not a body")
    changes: tuple[str, ...] = ()
    if form is not None:
        parameters = dict(form)
        if len(parameters) < len(form):
            names = [name for name, _ in form]
            twice = next(name for name in names if names.count(name) > 1)
            raise Invalid(f"{twice[:80]} appears twice; TaskRouter sends each parameter of a callback once")
        changes = tuple(_changes(callback.parameters, parameters))
        callback = msgspec.structs.replace(callback, parameters=parameters)
    if await send(callback, number, changes) is None:
        raise NotFound(f"request {number}")


async def resend_request(app: ASGIApp, request: LoggedRequest, form: _Pairs | None, body: str | None) -> None:
    """Let ``app`` answer a request to the API again, as a new one.

    Raises:
        Invalid: the log keeps only a part of the body, or the request has another kind of body.
    """
    path, _, query = request.url.partition("?")
    content = request.body
    if form is not None and request.method != "POST":
        query = urlencode(form)
    elif form is not None:
        if content and not is_form(request):
            raise Invalid("This request's body isn't a form: pass the body")
        content = urlencode(form).encode()
    elif body is not None:
        content = body.encode()
    elif request.body_size > len(content):
        kept = f"Of the {request.body_size} bytes of this request's body only {len(content)} are kept"
        raise Invalid(f"{kept}. Send it from your code")
    await app(_scope(request, path, query, content), _receive(content), _ignore)


def _scope(request: LoggedRequest, path: str, query: str, content: bytes) -> dict[str, Any]:
    headers = [(name, value) for name, value in request.headers if name not in _LEFT_OUT]
    if content and not any(name == b"content-type" for name, _ in headers):
        headers.append((b"content-type", b"application/x-www-form-urlencoded"))
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "root_path": "",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [*headers, (b"content-length", b"%d" % len(content))],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 80),
        "replay_of": request.number,
    }


def _receive(content: bytes) -> Callable[[], Awaitable[Message]]:
    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    return receive


async def _ignore(message: Message) -> None:
    """Drop the response: the log keeps it."""


def _changes(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return what was changed, one sentence a parameter."""
    removed = [f"{name} removed" for name in before if name not in after]
    added = [f"{name} added" for name in after if name not in before]
    return [*(f"{name} changed" for name in after if name in before and after[name] != before[name]), *added, *removed]
