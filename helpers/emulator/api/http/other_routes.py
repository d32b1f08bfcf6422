"""Routes outside ``/v1``: the emulator's own pages, and errors in Twilio's shape."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from ...engine.model.refusals import NotFound
from ...hint_header import hint_header
from .rest_errors import error_body

__all__ = ["MOST_NUMBER", "create_other_app", "read_number"]

_HINT = "GET / lists what this emulator answers beside /v1."

MOST_NUMBER = 10**15
"""Limit of the numbers in logs: far above any of them, and small enough for SQLite."""


def create_other_app(routes: Sequence[BaseRoute]) -> ASGIApp:
    """Return an application of ``routes`` whose errors have the shape of TaskRouter's."""
    application = Starlette(routes=routes, exception_handlers={HTTPException: _refuse, Exception: _fail})
    application.router.redirect_slashes = False
    return application


def read_number(request: Request, what: str) -> int:
    """Return the number in the path of a request.

    Starlette's own convertor fails on a number of more than 4300 digits.

    Args:
        what: kind of thing that has it, such as "request".

    Raises:
        NotFound: it isn't a number, or larger than any that was ever given.
    """
    text: str = request.path_params["number"]
    if not (text.isascii() and text.isdigit() and len(text) < len(str(MOST_NUMBER))):
        raise NotFound(f"{what} {text[:40]}")
    return int(text)


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
