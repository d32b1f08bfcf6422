"""Callbacks of the stage's TaskRouter reach public URLs alone, signed over them, and as late as routing shows."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from typing import Any
from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator

from tests.contract.stage.clients import run_curl

HOST = "desk.example.com"


class Receiver(BaseHTTPRequestHandler):
    """Web server of an application that TaskRouter calls back."""

    received: Queue[tuple[float, str, dict[str, str], Any]]

    def do_POST(self) -> None:
        """Note a callback, and answer {}."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(body, keep_blank_values=True))
        self.received.put((time.time(), self.path, form, self.headers))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


@pytest.fixture
def receiver() -> Iterator[HTTPServer]:
    """A web server on loopback; ``received`` has what came."""
    handler = type("Handler", (Receiver,), {"received": Queue()})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        server.received = handler.received
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def create_task(stage, url: str) -> str:
    """Let a desk have ``url`` for its assignment callbacks, create a Task there, and return its SID."""
    [sid] = stage.strangers("Mine")
    workspace = f"https://taskrouter.twilio.com/v1/Workspaces/{sid}"
    [workflow] = json.loads(run_curl(stage, f"{workspace}/Workflows"))["workflows"]
    run_curl(stage, workflow["url"], "--data-urlencode", f"AssignmentCallbackUrl={url}")
    for task in json.loads(run_curl(stage, f"{workspace}/Tasks"))["tasks"]:
        run_curl(stage, task["url"], "--request", "DELETE")
    form = ["--data", f"WorkflowSid={workflow['sid']}", "--data-urlencode", "Attributes={}"]
    return json.loads(run_curl(stage, f"{workspace}/Tasks", *form))["sid"]


@pytest.mark.parametrize(("prefix", "lag_seconds"), [("", 5.5), ("/user/alice/proxy/8000", 0.5)])
def test_callback_arrives_late_and_signed(stage, receiver, prefix, lag_seconds):
    """Through any tunnel, path prefix or not, a callback comes after the lag and is signed over the public URL.

    A lag beyond the five seconds that a reply may take cancels nothing.
    """
    url = stage.edge.lead(HOST, receiver.server_port, prefix=prefix) + "/assignment_callback"
    stage.front.lag_seconds = lag_seconds
    before = time.time()
    task_sid = create_task(stage, url)

    arrived, path, form, headers = receiver.received.get(timeout=10)

    assert (path, form["TaskSid"]) == ("/assignment_callback", task_sid)
    assert arrived - before >= lag_seconds
    assert RequestValidator(stage.account.auth_token).validate(url, form, headers["X-Twilio-Signature"])
    assert headers["X-Forwarded-Host"] == HOST
    assert stage.emulator.alerts() == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "192.168.1.7"])
def test_private_addresses_are_out_of_reach(stage, receiver, host):
    """Twilio can't reach this machine by a private address; its debugger says so."""
    create_task(stage, f"http://{host}:{receiver.server_port}/assignment_callback")

    deadline = time.monotonic() + 10
    while not stage.emulator.alerts() and time.monotonic() < deadline:
        time.sleep(0.05)

    assert "no public address" in str(stage.emulator.alerts())
    assert receiver.received.empty()
