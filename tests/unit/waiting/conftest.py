"""Live connection of a test: an emulator with the real clock, behind a transport that makes its routing lag."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from helpers import connection as connections
from helpers.callbacks import progress
from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.emulator.server import start
from helpers.lessons import story
from helpers.settings import Secret
from helpers.waiting import task_watch
from helpers.wire import RecordingHttpClient, Wire

ACCOUNT, TOKEN = "AC" + "3" * 32, "t" * 32


class Lagging(HttpClient):
    """HTTP client whose first ``unseen`` readings of a Task and its Reservations are as before any routing."""

    def __init__(self, url):
        super().__init__(None, is_async=False)
        self.inner = EmulatorHttpClient(url)
        self.unseen = 0
        self.refusals = []
        """Responses, or errors to raise, in place of the next readings."""
        self.unreadable = []
        """Parts of URLs; for each, one reading gets status 503."""
        self.asked = []

    def request(self, method, uri, *arguments, **named):
        self.asked.append((method, uri))
        if method == "GET" and self.refusals:
            refusal = self.refusals.pop(0)
            if isinstance(refusal, Exception):
                raise refusal
            return refusal
        if method == "GET" and self.unreadable and self.unreadable[-1] in uri:
            self.unreadable.pop()
            return Response(503, "{}", {})
        response = self.inner.request(method, uri, *arguments, **named)
        if method != "GET" or self.unseen <= 0 or "/Tasks/" not in uri:
            return response
        body = json.loads(response.text)
        if "reservations" in body:
            self.unseen -= 1
            body["reservations"] = []
        elif "assignment_status" in body:
            body["assignment_status"] = "pending"
        return Response(response.status_code, json.dumps(body), response.headers)


@pytest.fixture
def lagging(no_dotenv, monkeypatch) -> Iterator[Lagging]:
    """The transport of the kernel's live connection."""
    monkeypatch.setattr(task_watch, "FIRST_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(progress, "_TICK_SECONDS", 0.01)
    connections.disconnect()
    with start(account_sid=ACCOUNT, auth_token=TOKEN, clock="real") as running:
        transport = Lagging(running.url)
        monkeypatch.setattr("helpers.connection.clients.make_transport", lambda *given, **more: transport)
        wire = Wire()
        client = Client(ACCOUNT, TOKEN, http_client=RecordingHttpClient(transport, wire))
        live = connections.Connection(client, "live", running.url, ACCOUNT, Secret(TOKEN), wire)
        monkeypatch.setattr("helpers.connection.opening._current", live)
        live.listen().inbox.clear()
        yield transport
        connections.disconnect()


@pytest.fixture
def world(lagging) -> story.Story:
    """Alice and Bob in the live account, both Offline."""
    return story.build(connections.connect().client)
