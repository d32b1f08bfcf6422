"""The application around the operations: what stands beside them, and how a body may come."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from helpers.emulator.api import create_app
from helpers.emulator.emulator import Emulator
from helpers.emulator.hint_header import HINT_HEADER


async def hello(request: Request) -> PlainTextResponse:
    """An admin page."""
    return PlainTextResponse("hello")


def test_wrong_request_outside_keeps_the_shape(emulator: Emulator, ask_app) -> None:
    """An admin page asked in the wrong way answers as TaskRouter would; a hint says where there are others."""
    ask = ask_app(create_app(emulator, admin=lambda: [Route("/hello", hello)]))

    wrong_method, wrong_path = ask("POST", "/hello"), ask("GET", "/helo")
    assert (wrong_method.json["code"], wrong_method.headers["allow"]) == (20004, "GET, HEAD")
    assert wrong_path.json["message"] == "The requested resource /helo was not found"
    for refused in (wrong_method, wrong_path):
        assert refused.headers[HINT_HEADER.lower()] == "GET / lists what this emulator answers beside /v1."


@pytest.mark.parametrize(("size", "status"), [(10, 201), (5000, 413)])
def test_body_may_come_in_pieces(emulator: Emulator, ask_app, size: int, status: int) -> None:
    """A body in pieces is put together; too many of them are read to the end and answered 413."""
    ask = ask_app(create_app(emulator))
    pieces = [b"FriendlyName=Desk", *[b"&Unknown=" + b"x" * 991] * size]

    assert ask("POST", "/v1/Workspaces", pieces).status == status
