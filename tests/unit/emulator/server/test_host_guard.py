"""Only requests meant for this emulator get in."""

from __future__ import annotations

import base64
import json

import pytest

from helpers.emulator.callbacks.faults import Faults
from helpers.emulator.emulator import Account
from helpers.emulator.server import BadStart
from helpers.emulator.server.host_guard import HostGuard, guard_for
from helpers.emulator.sync import run_without_loop

SID = "AC" + "1" * 32


async def app(scope, receive, send):
    """Lets everybody in."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


def knock(path: str = "/v1/Workspaces", *, accounts=None, log=None, **headers: str) -> int:
    """The status for a request with these headers; ``_`` in their names means ``-``."""
    sent = []

    async def send(message):
        sent.append(message)

    encoded = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": encoded}
    gate = HostGuard(app, Faults(), guard_for("127.0.0.1", is_open=accounts is not None), accounts, log)
    run_without_loop(gate(scope, None, send))
    assert json.loads(sent[1]["body"]).get("status", 200) == sent[0]["status"]
    return sent[0]["status"]


@pytest.mark.parametrize("path", ["/v1/Workspaces", "/_emulator/reset", "/_emulator/health", "/"])
def test_rebound_names_stay_out_of_everything(path):
    """No route answers to a name that somebody made point here."""
    assert knock(path, host="127.0.0.1:8700") == 200
    assert knock(path, host="evil.example") == 403


@pytest.mark.parametrize(("path", "status"), [("/v1/Workspaces", 403), ("/_emulator/reset", 403), ("/", 200)])
def test_pages_of_others_see_the_first_page_only(path, status):
    """A browser would send along the password it keeps, so TaskRouter's own routes are guarded as well."""
    assert knock(path, host="127.0.0.1:8700", referer="http://evil.example/", sec_fetch_site="cross-site") == status


def test_own_page_may_use_admin_routes():
    """The emulator's page is of the same origin."""
    assert knock("/_emulator/reset", host="127.0.0.1:8700", origin="http://127.0.0.1:8700") == 200


def basic(user: str, password: str) -> str:
    """An Authorization header."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("path", "authorization", "status"),
    [
        ("/_emulator/snapshot", basic(SID, "secret"), 200),
        ("/_emulator/snapshot", basic(SID, "wrong"), 401),
        ("/_emulator/snapshot", "", 401),
        ("/_emulator/nothing", "", 401),
        ("/_emulator/health", "", 200),
        ("/_emulator/health/", "", 401),
        ("/", "", 200),
        ("/v1/Workspaces", "", 200),  # the application itself asks there
    ],
)
def test_open_server_asks_for_the_password(path, authorization, status):
    """Where the network reaches the server, only its health and its first page are for everybody."""
    accounts = {SID: Account(SID, "secret")}

    assert knock(path, accounts=accounts, host="10.0.0.1", authorization=authorization) == status


@pytest.mark.parametrize("name", ["", "http://a.example", "a.example:80", "a b"])
def test_allowed_host_is_a_name(name):
    """A URL, or a name with a port, would never equal what stands in a Host header."""
    with pytest.raises(BadStart, match="Give the name alone"):
        guard_for("127.0.0.1", [name])


def test_log_gets_each_request():
    """The log has method, path, status and duration, refused requests included."""
    lines: list[dict] = []
    knock("/v1/Workspaces", log=lines.append, host="127.0.0.1")
    knock("/v1/Workspaces", log=lines.append, host="evil.example")

    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("GET", "/v1/Workspaces", 200),
        ("GET", "/v1/Workspaces", 403),
    ]
