"""Only requests meant for this emulator get in."""

from __future__ import annotations

import json

import pytest

from helpers.emulator.faults import Faults
from helpers.emulator.server.gate import Gate
from helpers.emulator.without_loop import run_without_loop


async def app(scope, receive, send):
    """Lets everybody in."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


def knock(path: str = "/v1/Workspaces", bound: str = "127.0.0.1", log=None, **headers: str) -> int:
    """The status for a request with these headers."""
    sent = []

    async def send(message):
        sent.append(message)

    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": encoded}
    run_without_loop(Gate(app, Faults(), bound, log)(scope, None, send))
    assert json.loads(sent[1]["body"]).get("status", 200) == sent[0]["status"]
    return sent[0]["status"]


@pytest.mark.parametrize("host", ["127.0.0.1:8700", "localhost", "LOCALHOST:1", "[::1]:8700", "127.1.2.3"])
def test_this_machine_gets_in(host):
    """A Host header that names this machine is let through."""
    assert knock(host=host) == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "10.0.0.1", "[2001:db8::1]:80", "x:y:z"])
def test_rebound_names_stay_out(host):
    """A name that somebody made point here is turned away: DNS rebinding."""
    assert knock(host=host) == 403


def test_bound_host_gets_in():
    """A server told to bind another address answers to it; bound to all, to any."""
    assert knock(host="10.0.0.1:80", bound="10.0.0.1") == 200
    assert knock(host="[2001:db8::1]:80", bound="2001:db8::1") == 200
    assert knock(host="emulator.example", bound="0.0.0.0") == 200


def test_missing_host_gets_in():
    """No browser leaves the Host header out, so nothing is gained by refusing that."""
    assert knock() == 200


@pytest.mark.parametrize(
    ("origin", "status"), [("http://evil.example", 403), ("null", 403), ("http://127.0.0.1:8700", 200)]
)
def test_other_sites_may_not_use_admin_routes(origin, status):
    """A page of another site cannot reset the emulator; its own page could."""
    assert knock("/_emulator/reset", host="127.0.0.1:8700", origin=origin) == status


def test_log_gets_each_request():
    """The log has method, path, status and duration, refused requests included."""
    lines: list[dict] = []
    knock("/v1/Workspaces", log=lines.append, host="127.0.0.1")
    knock("/v1/Workspaces", log=lines.append, host="evil.example")

    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("GET", "/v1/Workspaces", 200),
        ("GET", "/v1/Workspaces", 403),
    ]
