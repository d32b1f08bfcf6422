"""Middleware that keeps each request to the API in the log, with its response."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..settling import ONLOOKER_HEADER
from .logged_request import LoggedRequest
from .request_log import CAUSE, KEPT_OF_A_BODY, RequestLog

__all__ = ["RequestRecorder"]

_ONLOOKER = ONLOOKER_HEADER.lower().encode()

_LOGGED = ("/v1/", "/_emulator/")
_HEALTH = "/_emulator/health"
"""Path that monitors ask for every few seconds, which would fill the log."""


class RequestRecorder:
    """Middleware that keeps requests below ``/v1`` and ``/_emulator``, but no health checks.

    A view that reads to draw itself sends ``X-Emulator-Onlooker``; such requests aren't kept, because whoever looks at
    the log wants to see what their own program did.

    Args:
        session_key: key under which ``app`` leaves the account of a page's session in the scope.
    """

    def __init__(self, app: ASGIApp, log: RequestLog, session_key: str) -> None:
        self._app = app
        self._log = log
        self._session_key = session_key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and keep it with its response."""
        if not _is_logged(scope):
            await self._app(scope, receive, send)
            return
        request = self._log.begin_request(scope)
        if scope["method"] != "GET":
            receive = _received(request, receive)
        mark = CAUSE.set(request.number)  # no context manager: this runs for each request, whether anybody looks or not
        try:
            await self._app(scope, receive, _sent(request, send))
        finally:
            CAUSE.reset(mark)
            request.session_account = scope.get(self._session_key)
            self._log.finish(request)


def _is_logged(scope: Scope) -> bool:
    path: str = scope["path"]
    if not path.startswith(_LOGGED) or path == _HEALTH or scope["type"] != "http":
        return False
    for name, _ in scope["headers"]:  # noqa: SIM110 - any() takes three times as long
        if name == _ONLOOKER:
            return False
    return True


def _received(request: LoggedRequest, receive: Receive) -> Receive:
    """Return ``receive``, which also keeps the body."""

    async def keep() -> Message:
        message = await receive()
        if chunk := message.get("body"):
            request.body_size += len(chunk)
            request.body = _join(request.body, chunk)
        return message

    return keep


def _sent(request: LoggedRequest, send: Send) -> Send:
    """Return ``send``, which also keeps the response."""

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            request.status, request.reply_headers = message["status"], tuple(message["headers"])
        elif chunk := message.get("body"):
            request.reply_size += len(chunk)
            request.reply = _join(request.reply, chunk)
        await send(message)

    return keep


def _join(body: bytes, chunk: bytes) -> bytes:
    if not body and len(chunk) <= KEPT_OF_A_BODY:
        return chunk  # as almost always: nothing is copied
    return body + chunk[: KEPT_OF_A_BODY - len(body)]
