"""What the callback tests share: listeners, and senders that speak HTTP to them as TaskRouter and others would."""

from __future__ import annotations

import getpass
import http.client
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from twilio.request_validator import RequestValidator

from helpers.callbacks import Listener

AUTH_TOKEN = "0123456789abcdef0123456789abcdef"

CALLBACK = {
    "AccountSid": "AC" + "1" * 32,
    "WorkspaceSid": "WS" + "2" * 32,
    "WorkflowSid": "WW" + "3" * 32,
    "TaskQueueSid": "WQ" + "4" * 32,
    "TaskSid": "WT" + "5" * 32,
    "TaskAttributes": '{"selected_language":"es"}',
    "TaskAge": "1",
    "TaskPriority": "0",
    "WorkerSid": "WK" + "6" * 32,
    "WorkerAttributes": '{"languages":["en","es"]}',
    "ReservationSid": "WR" + "7" * 32,
}

FORM = "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass(frozen=True)
class Answer:
    """What came back over the wire."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Sender:
    """Speaks to one listener, over real sockets."""

    listener: Listener
    auth_token: str = AUTH_TOKEN

    def send(self, method: str, url: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request on a connection of its own; ``url`` may be a path; ``_`` in header names means ``-``."""
        parts = urlsplit(url if url.startswith("http") else self.listener.url + url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        try:
            connection.request(method, target, body, {name.replace("_", "-"): one for name, one in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        """A look with the browser."""
        return self.send("GET", path)

    def post(self, path: str, form: str, **headers: str) -> Answer:
        """An unsigned form, already encoded."""
        return self.send("POST", path, form.encode(), Content_Type=FORM, **headers)

    def call_back(self, url: str | None = None, **changed: str) -> Answer:
        """A callback, signed over ``url`` as TaskRouter signs it; parameters can be changed or added."""
        url = url or self.listener.assignment_url
        parameters = CALLBACK | changed
        signature = RequestValidator(self.auth_token).compute_signature(url, parameters)
        body = urlencode(parameters).encode()
        return self.send("POST", url, body, Content_Type=FORM, X_Twilio_Signature=signature)

    def connect(self) -> socket.socket:
        """A connection that nothing has been sent over."""
        parts = urlsplit(self.listener.url)
        return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10)

    def raw(self, data: bytes, *, more: bool = False) -> bytes:
        """Send bytes as they are and read until the listener closes; ``more`` leaves it waiting for more."""
        with self.connect() as connection:
            connection.sendall(data)
            if not more:
                connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.fixture(autouse=True)
def nobody(monkeypatch) -> None:
    """Nobody answers a prompt: on a terminal a test would wait for its reader."""

    def ask(_: str) -> str:
        raise EOFError

    monkeypatch.setattr(getpass, "getpass", ask)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A running listener that knows the auth token."""
    with Listener(auth_token=AUTH_TOKEN) as running:
        yield running


@pytest.fixture
def taskrouter(listener: Listener) -> Sender:
    """Speaks to ``listener`` and can sign."""
    return Sender(listener)


@pytest.fixture
def anyone() -> Iterator[Sender]:
    """Speaks to a listener that checks no signature and has little patience."""
    with Listener(patience_seconds=0.3) as running:
        yield Sender(running)


@pytest.fixture(scope="module")
def patient() -> Iterator[Sender]:
    """One listener that checks signatures, for all examples of a property."""
    with Listener(auth_token=AUTH_TOKEN, patience_seconds=0.3) as running:
        yield Sender(running)
