"""Passwords in URLs stay where they belong: in what is sent, in the API, in a snapshot that the account asked for."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from helpers.emulator.engine.model.attributes import compact
from helpers.emulator.engine.model.refusals import Invalid
from helpers.emulator.engine.model.workflow_configuration import read_plan
from helpers.emulator.masking import mask, shorten
from helpers.emulator.sdk.http_client import EmulatorGone, EmulatorHttpClient
from helpers.emulator.server import RunningEmulator, start


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://user:word@host/path", "http://***@host/path"),
        ("https://token@host", "https://***@host"),
        ("http://user:w@rd@host:80?a@b", "http://***@host:80?a@b"),
        ("see http://a:b@c and http://d:e@f.", "see http://***@c and http://***@f."),
        (r'{"url": "http:\/\/a:b@c"}', r'{"url": "http:\/\/***@c"}'),
        (r'"{\"url\": \"http:\\/\\/a:b@c\"}"', r'"{\"url\": \"http:\\/\\/***@c\"}"'),
        ("http://host/path@version", "http://host/path@version"),
        ("http://host?mail=a@b", "http://host?mail=a@b"),
        ("alice@example.com, sip:alice@example.com", "alice@example.com, sip:alice@example.com"),
        ('["http://a", "b@c"]', '["http://a", "b@c"]'),
        ("x?Url=http%3A%2F%2Fa%3Ab%40c%2Fd&Mail=e%40f", "x?Url=http%3A%2F%2F***%40c%2Fd&Mail=e%40f"),
        ("x?Url=http%3a%2f%2fhost%2fpath%40version", "x?Url=http%3a%2f%2fhost%2fpath%40version"),
    ],
)
def test_user_and_password_are_masked(text, shown):
    """Nothing but what stands between the slashes and the host."""
    assert mask(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" * 80, "a" * 80),
        ("a" * 81, "a" * 77 + "..."),
        ("http://a:b@c" + "d" * 80, "http://***@c" + "d" * 65 + "..."),
        ("http://" + "b" * 4089 + "@c", "http://***@..."),
        ("http://" + "b" * 1_000_000 + "@c", "http://***@..."),
        ("//a@" * 1_000_000, "//***@" * 12 + "//***..."),
        ("x" * 60 + "//" + "b" * 5000 + "@c", "x" * 60 + "//***@..."),
        ("/" * 1_000_000 + "@", "/" * 77 + "..."),
    ],
)
def test_beginning_of_a_long_text_shows_no_part_of_a_password(text, shown):
    """Wherever the password ends."""
    assert shorten(text) == shown


class Receiver(BaseHTTPRequestHandler):
    """Refuses whoever sends no password, and remembers it."""

    def do_POST(self) -> None:
        self.server.seen.append(self.headers.get("Authorization"))  # type: ignore[attr-defined]
        self.send_response(500)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


@pytest.fixture
def receiver() -> Iterator[HTTPServer]:
    """Somebody who is called with a password."""
    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.seen = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def running() -> Iterator[RunningEmulator]:
    """An emulator with everything in it that knows a password."""
    with start() as running:
        yield running


def test_password_of_a_callback_shows_nowhere_but_in_the_api(running, receiver, caplog):
    """It reaches the receiver and comes back from the API; logs, deliveries and alerts have ``***``."""
    caplog.set_level(logging.DEBUG)
    url = f"http://alice:pa55word@127.0.0.1:{receiver.server_port}/events"
    client = Client(running.account_sid, running.auth_token, http_client=EmulatorHttpClient(running.url))
    workspace = client.taskrouter.v1.workspaces.create(friendly_name="Desk", event_callback_url=url)
    client.taskrouter.v1.workspaces(workspace.sid).activities.create(friendly_name="Idle")
    running.settle()
    with httpx.Client(base_url=running.url, trust_env=False) as http:
        told = [http.get(f"/_emulator/{route}").text for route in ("deliveries", "alerts")]
        replayed = http.post("/_emulator/deliveries/1/replay").text
        refused = http.get("/_emulator/snapshot")
        snapshot = http.get("/_emulator/snapshot", auth=(running.account_sid, running.auth_token))
        running.reset()
        restored = http.post("/_emulator/restore", content=snapshot.content)

    assert workspace.event_callback_url == url
    assert set(receiver.seen) == {httpx.BasicAuth("alice", "pa55word")._auth_header}
    assert f"//***@127.0.0.1:{receiver.server_port}" in told[0]
    assert "pa55word" not in "".join([*told, replayed, refused.text, caplog.text])
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Basic realm="Twilio API"')
    assert restored.status_code == 200
    assert client.taskrouter.v1.workspaces(workspace.sid).fetch().event_callback_url == url


def test_errors_do_not_quote_passwords(running):
    """Neither the API's refusal of a URL, nor what is raised where nobody answers."""
    client = Client(running.account_sid, running.auth_token, http_client=EmulatorHttpClient(running.url))
    with pytest.raises(TwilioRestException) as refused:
        client.taskrouter.v1.workspaces.create(friendly_name="Desk", event_callback_url="ftp://a:pa55word@" + "h" * 99)
    with pytest.raises(EmulatorGone) as gone:
        EmulatorHttpClient("http://a:pa55word@127.0.0.1:1").request(
            "GET", "http://a:pa55word@127.0.0.1:1/v1/Workspaces"
        )

    assert "pa55word" not in f"{refused.value} {refused.value.msg} {gone.value} {gone.value.url}"


@pytest.mark.parametrize(
    "refused",
    [
        lambda: compact('["http://a:pa55word@h"]'),
        lambda: compact('{"url": "http://a:pa55word@h"'),
        lambda: read_plan('{"task_routing": {"filters": "http://a:pa55word@h"}}'),
    ],
)
def test_refused_json_does_not_quote_passwords(refused):
    """What is no object, no JSON, or of another shape is shown as far as it may be."""
    with pytest.raises(Invalid, match=r"Received: .*http://\*\*\*@h"):
        refused()


def test_snapshot_without_passwords_is_for_everybody(running):
    """As before: nothing in it opens a door."""
    assert json.loads(httpx.get(f"{running.url}/_emulator/snapshot", trust_env=False).text)["records"] == {}
