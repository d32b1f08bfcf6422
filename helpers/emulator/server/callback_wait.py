"""Middleware that answers a request after the callbacks before it, where the client asks for that."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from ..callbacks.queue import CallbackQueue
from ..settling import AFTER_CALLBACKS_HEADER
from .host_guard import HEALTH

__all__ = ["CallbackWait"]

_HEADER = AFTER_CALLBACKS_HEADER.lower().encode()


class CallbackWait:
    """Application that waits for the callbacks in ``queue`` before it hands a request on to ``app``.

    It waits for no longer than the queue does, and only if the client sends ``X-Emulator-After-Callbacks``: any other
    client may be answering a callback, and would wait for itself. A health check never waits.
    """

    def __init__(self, app: ASGIApp, queue: CallbackQueue) -> None:
        self._app = app
        self._queue = queue

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, perhaps later."""
        if self._queue.outstanding and scope["path"] != HEALTH and any(name == _HEADER for name, _ in scope["headers"]):
            await self._queue.settled()
        await self._app(scope, receive, send)
