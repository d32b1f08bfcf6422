"""Middleware that answers a request after the callbacks before it, if the client asks for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Receive, Scope, Send

from ..settling import AFTER_CALLBACKS_HEADER
from .host_guard import HEALTH

if TYPE_CHECKING:
    from ..callbacks.inline_queue import InlineQueue
    from ..callbacks.queue import CallbackQueue

__all__ = ["CallbackWait"]

_HEADER = AFTER_CALLBACKS_HEADER.lower().encode()


class CallbackWait:
    """Middleware that waits for the callbacks in ``queue`` before it passes a request to ``app``.

    It waits no longer than the queue does, and only if the client sends ``X-Emulator-After-Callbacks``: any other
    client might be answering a callback, and would wait for itself. A health check never waits.
    """

    def __init__(self, app: ASGIApp, queue: CallbackQueue | InlineQueue) -> None:
        self._app = app
        self._queue = queue

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, after the callbacks if it asks for that."""
        if self._queue.outstanding and scope["path"] != HEALTH and any(name == _HEADER for name, _ in scope["headers"]):
            await self._queue.settle()
        await self._app(scope, receive, send)
