"""The application: one ASGI app that answers as ``taskrouter.twilio.com`` does.

Nothing here waits for anything but the request's body and ``before``, so that the app can also be
stepped without an event loop (``helpers.emulator.sdk.InProcessHttpClient``).
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
    """The emulator's HTTP application. TaskRouter's own requests go straight to their service: it needs no framework.

    Args:
        admin: makes further routes, outside ``/v1``, when the first of them is asked for.
        background: where long work is done; without it, where it is met.
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
