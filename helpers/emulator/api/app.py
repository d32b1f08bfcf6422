"""The application: one ASGI app that answers as ``taskrouter.twilio.com`` does.

Nothing here waits for anything but the request's body and ``before``, so that the app can also be
stepped without an event loop (``helpers.emulator.sdk.InProcessHttpClient``).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from helpers.emulator.api.errors import error_body
from helpers.emulator.api.service import Service

if TYPE_CHECKING:
    from helpers.emulator.emulator import Emulator

__all__ = ["create_app"]


def create_app(
    emulator: Emulator,
    *,
    admin: Sequence[BaseRoute] = (),
    before: Callable[[Scope], Awaitable[Any]] | None = None,
) -> ASGIApp:
    """The emulator's HTTP application. TaskRouter's own requests go straight to their service: it needs no framework.

    Args:
        admin: further routes, outside ``/v1``.
        before: awaited with the ASGI scope before each TaskRouter request is handled.
    """
    taskrouter = Service(emulator, before)
    others = Starlette(routes=admin, exception_handlers={HTTPException: _refuse, Exception: _fail})
    others.router.redirect_slashes = False

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        is_taskrouter = scope["type"] == "http" and scope["path"].startswith("/v1/")
        await (taskrouter if is_taskrouter else others)(scope, receive, send)

    return app


async def _refuse(request: Request, error: Exception) -> Response:
    """Outside ``/v1``: unknown paths and wrong methods, in Twilio's shape all the same."""
    assert isinstance(error, HTTPException)
    code = {404: 20404, 405: 20004}.get(error.status_code, 20001)
    text = f"The requested resource {request.url.path} was not found" if code == 20404 else error.detail
    return _json(error.status_code, code, text)


async def _fail(request: Request, error: Exception) -> Response:
    return _json(500, 20500, "Internal Server Error")


def _json(status: int, code: int, text: str) -> Response:
    return Response(error_body(status, code, text), status, media_type="application/json; charset=utf-8")
