"""The floor under every figure: the smallest Starlette application that answers a canned Task.

``python -m tests.benchmarks.floor`` answers at once; with a file it makes one SQLite commit for each POST first, which
is the least that a server does who keeps what it accepts.
"""

from __future__ import annotations

import json
import socket
import sqlite3
import sys
from collections.abc import Callable, Mapping

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from helpers.emulator.api.http.response_headers import response_headers

__all__ = ["TASK", "app"]

WORKSPACE_SID = "WS" + "0" * 32
TASK_SID = "WT" + "0" * 32
PARENT = f"https://taskrouter.twilio.com/v1/Workspaces/{WORKSPACE_SID}"

TASK = json.dumps(
    {
        "sid": TASK_SID,
        "account_sid": "AC" + "0" * 32,
        "workspace_sid": WORKSPACE_SID,
        "age": 0,
        "assignment_status": "pending",
        "attributes": '{"selected_language":"es"}',
        "addons": "{}",
        "priority": 0,
        "reason": None,
        "timeout": 86400,
        "task_queue_sid": "WQ" + "0" * 32,
        "task_queue_friendly_name": "Customer Care Requests - Spanish",
        "task_queue_entered_date": "2026-03-02T09:00:00Z",
        "workflow_sid": "WW" + "0" * 32,
        "workflow_friendly_name": "Customer Care Requests",
        "task_channel_sid": "TC" + "0" * 32,
        "task_channel_unique_name": "default",
        "virtual_start_time": "2026-03-02T09:00:00Z",
        "ignore_capacity": None,
        "routing_target": None,
        "date_created": "2026-03-02T09:00:00Z",
        "date_updated": "2026-03-02T09:00:00Z",
        "url": f"{PARENT}/Tasks/{TASK_SID}",
        "links": {
            "workspace": PARENT,
            "task_queue": f"{PARENT}/TaskQueues/WQ{'0' * 32}",
            "workflow": f"{PARENT}/Workflows/WW{'0' * 32}",
            "reservations": f"{PARENT}/Tasks/{TASK_SID}/Reservations",
        },
    },
    separators=(",", ":"),
).encode()
"""As long as the emulator's own answer."""

HEADERS = response_headers(TASK, version=0)
"""Those that Twilio sends: the SDK takes longer to read them than a server to send them."""


class _Answer(Response):
    """The canned Task with its headers, which nobody has to make."""

    def __init__(self, status: int) -> None:
        super().__init__(TASK, status)

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        self.raw_headers = HEADERS


def app(keep: Callable[[bytes], object]) -> Starlette:
    """Answers GET and POST with a Task; ``keep`` matches the Task of each POST before it is answered."""

    async def fetch(request: Request) -> Response:
        return _Answer(200)

    async def create(request: Request) -> Response:
        await request.body()
        keep(TASK)
        return _Answer(201)

    path = "/v1/Workspaces/{workspace_sid}/Tasks"
    return Starlette(routes=[Route(path, create, methods=["POST"]), Route(f"{path}/{{sid}}", fetch)])


def committing(path: str) -> Callable[[bytes], object]:
    """Keeps each Task in a table of ``path``, one transaction each, as durable as the emulator's own."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("CREATE TABLE tasks (number INTEGER PRIMARY KEY, body BLOB NOT NULL)")
    return lambda body: connection.execute("INSERT INTO tasks (body) VALUES (?)", (body,))


def main() -> None:
    """Print the URL as one line of JSON, then serve until killed."""
    listening = socket.create_server(("127.0.0.1", 0))
    print(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}"}), flush=True)
    keep = committing(sys.argv[1]) if len(sys.argv) > 1 else len
    config = uvicorn.Config(app(keep), log_level="critical", access_log=False, lifespan="off", ws="none")
    uvicorn.Server(config).run([listening])


if __name__ == "__main__":
    main()
