"""Routes outside ``/v1``: the emulator's own pages, and errors in Twilio's shape."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from ...hint_header import hint_header
from .rest_errors import error_body

__all__ = ["create_other_app"]

_HINT = "GET / lists what this emulator answers beside /v1."


def create_other_app(routes: Sequence[BaseRoute]) -> ASGIApp:
    """Return an application of ``routes`` whose errors have the shape of TaskRouter's."""
    application = Starlette(routes=routes, exception_handlers={HTTPException: _refuse, Exception: _fail})
    application.router.redirect_slashes = False
    return application


async def _refuse(request: Request, error: Exception) -> Response:
    """Answer an unknown path or a wrong method, in Twilio's shape."""
    assert isinstance(error, HTTPException)
    code = {404: 20404, 405: 20004}.get(error.status_code, 20001)
    text = f"The requested resource {request.url.path} was not found" if code == 20404 else error.detail
    answer = _json(error.status_code, code, text)
    if allowed := (error.headers or {}).get("Allow"):
        answer.headers["allow"] = ", ".join(sorted(allowed.split(", ")))  # a set of Starlette's, in any order
    if request.app.routes:
        answer.raw_headers.append(hint_header([_HINT]))
    return answer


async def _fail(request: Request, error: Exception) -> Response:
    return _json(500, 20500, "Internal Server Error")


def _json(status: int, code: int, text: str) -> Response:
    return Response(error_body(status, code, text), status, media_type="application/json; charset=utf-8")
