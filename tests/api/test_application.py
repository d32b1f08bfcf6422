"""The application around the operations: what runs before, and what stands beside."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Scope

from helpers.emulator.api import create_app
from helpers.emulator.emulator import Emulator


async def hello(request: Request) -> PlainTextResponse:
    """An admin page."""
    return PlainTextResponse("hello")


def test_before_runs_first(emulator: Emulator, ask_app) -> None:
    """``before`` sees the scope of each TaskRouter request, and of no other."""
    seen: list[str] = []

    async def before(scope: Scope) -> None:
        seen.append(scope["path"])

    ask = ask_app(create_app(emulator, admin=lambda: [Route("/hello", hello)], before=before))
    assert ask("GET", "/hello").body == b"hello"
    assert ask("GET", "/v1/Workspaces").status == 200

    assert seen == ["/v1/Workspaces"]


def test_wrong_method_outside_keeps_the_shape(emulator: Emulator, ask_app) -> None:
    """An admin page asked in the wrong way answers as TaskRouter would."""
    ask = ask_app(create_app(emulator, admin=lambda: [Route("/hello", hello)]))

    assert ask("POST", "/hello").json["code"] == 20004


@pytest.mark.parametrize(("size", "status"), [(10, 201), (5000, 413)])
def test_body_may_come_in_pieces(emulator: Emulator, ask_app, size: int, status: int) -> None:
    """A body in pieces is put together; too many of them are read to the end and answered 413."""
    ask = ask_app(create_app(emulator))
    pieces = [b"FriendlyName=Desk", *[b"&Unknown=" + b"x" * 991] * size]

    assert ask("POST", "/v1/Workspaces", pieces).status == status
