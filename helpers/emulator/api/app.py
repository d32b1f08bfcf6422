"""ASGI application that answers as ``taskrouter.twilio.com`` does.

It waits for nothing but the request's body, ``background`` and the store, so that it also runs without an event loop
(``sync.run_without_loop``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Receive, Scope, Send

from ..background import Background, InTheWay
from .dispatcher import Dispatcher

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from ..emulator import Emulator

__all__ = ["create_app"]


def create_app(
    emulator: Emulator,
    *,
    admin: Callable[[], Sequence[BaseRoute]] = tuple,
    background: Background | None = None,
) -> ASGIApp:
    """Return the emulator's HTTP application. Requests below ``/v1`` need no framework.

    Args:
        admin: returns the routes outside ``/v1``, when the first request for one arrives.
        background: does long work; without it, the request does it itself.
    """
    taskrouter = Dispatcher(emulator, background or InTheWay())

    @cache
    def others() -> ASGIApp:
        from .http.other_routes import create_other_app  # here, because Starlette would delay every start by a sixth

        return create_other_app(admin())

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        is_taskrouter = scope["type"] == "http" and scope["path"].startswith("/v1/")
        await (taskrouter if is_taskrouter else others())(scope, receive, send)

    return app
