"""What the application answers outside ``/v1``: pages of one's own, and refusals in Twilio's shape."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from .rest_errors import error_body

__all__ = ["beside"]


def beside(routes: Sequence[BaseRoute]) -> ASGIApp:
    """An application of ``routes``, whose errors look as TaskRouter's do."""
    application = Starlette(routes=routes, exception_handlers={HTTPException: _refuse, Exception: _fail})
    application.router.redirect_slashes = False
    return application


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
