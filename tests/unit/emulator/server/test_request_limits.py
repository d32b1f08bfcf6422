"""What is no request, or one without end, is refused in Twilio's form, and the server goes on."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from helpers.emulator.server import RunningEmulator, start
from helpers.emulator.server.machine.request_limits import EmulatorProtocol
from helpers.emulator.server.web.bounds import MAX_HEAD, MAX_HEADERS
from helpers.emulator.server.web.limited_protocol import Limits

LONG = b"x" * MAX_HEAD


@pytest.fixture
def running() -> Iterator[RunningEmulator]:
    with start() as running:
        yield running
        with httpx.Client(base_url=running.url, trust_env=False) as http:
            assert http.get("/_emulator/health").status_code == 200


def send(running: RunningEmulator, *pieces: bytes) -> tuple[int, dict]:
    """The status and body that answer these bytes."""
    address = urlsplit(running.url)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
        head, _, body = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")
    assert b"content-type: application/json" in head
    return int(head.split()[1]), json.loads(body)


@pytest.mark.parametrize(
    ("pieces", "status", "code"),
    [
        ([b"\x16\x03\x01\x02\x00\x01"], 400, 20001),  # https, where http is spoken
        ([b"GET / HTTP/1.1\r\nno colon\r\n\r\n"], 400, 20001),
        ([b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n"], 400, 20001),
        ([b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + LONG + b"\r\n\r\n"], 431, 20431),
        ([b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", LONG, LONG], 431, 20431),
        ([b"GET /", LONG[:40_000], LONG[:30_000], b" HTTP/1.1\r\nHost: localhost\r\n\r\n"], 431, 20431),
        ([b"GET / HTTP/1.1\r\nHost: localhost\r\n", *([b"X: y\r\n" * 1000] * 1000)], 431, 20431),
        ([b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * MAX_HEADERS + b"\r\n"], 431, 20431),
    ],
)
def test_bad_head_is_refused(running, pieces, status, code):
    """Status, code and form are Twilio's."""
    answered, body = send(running, *pieces)

    assert (answered, body["status"], body["code"]) == (status, status, code)


def test_slow_head_is_refused(running, monkeypatch):
    """Nobody keeps a connection by sending a request that never ends."""
    monkeypatch.setattr(EmulatorProtocol, "limits", Limits(head=0.05))

    assert send(running, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")[0] == 408


def test_body_that_stops_is_refused(running, monkeypatch):
    """Nor by a body that never comes; one that comes slowly is waited for."""
    monkeypatch.setattr(EmulatorProtocol, "limits", Limits(head=10.0, pause=1.0))
    authorization = base64.b64encode(f"{running.account_sid}:{running.auth_token}".encode())
    head = b"POST /v1/Workspaces HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + authorization + b"\r\n"
    head += b"Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 17\r\n\r\n"

    assert send(running, head + b"FriendlyName=")[0] == 408
    assert send(running, head, *(bytes([each]) for each in b"FriendlyName=Desk"))[0] == 201


def test_head_in_pieces_is_read(running, monkeypatch):
    """What arrives byte by byte, but in time, is a request like any other; so is one with a large body."""
    request = b"GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert send(running, *(bytes([each]) for each in request))[0] == 200

    auth = (running.account_sid, running.auth_token)
    form = {"FriendlyName": "Desk", "Unknown": "x" * 500_000}
    assert httpx.post(f"{running.url}/v1/Workspaces", data=form, auth=auth, trust_env=False).status_code == 201


def test_request_before_a_bad_one_is_answered(running):
    """Answers come in the order of the requests, and the connection ends with the last that can be read."""
    good = b"GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for bad in (b"no request\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + LONG + b"\r\n\r\n"):
        assert send(running, good + bad) == (200, httpx.get(f"{running.url}/_emulator/health", trust_env=False).json())


def test_many_requests_at_once_are_all_answered(running):
    """A client that does not wait for answers may send more than one head's worth of heads."""
    good = b"GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = good.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    address = urlsplit(running.url)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=10) as connection:
        connection.sendall(good * 2000 + last)
        answers = b"".join(iter(lambda: connection.recv(65536), b""))

    assert answers.count(b"HTTP/1.1 200") == 2001
    assert b"HTTP/1.1 4" not in answers


@pytest.mark.parametrize("rest", [b"", b"zz\r\n"])
def test_half_a_body_changes_nothing(running, rest):
    """A client that goes before its body has arrived, or sends a broken one, has asked for nothing."""
    authorization = base64.b64encode(f"{running.account_sid}:{running.auth_token}".encode())
    head = (
        b"POST /v1/Workspaces HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + authorization + b"\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    address = urlsplit(running.url)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=10) as connection:
        connection.sendall(head + b"11\r\nFriendlyName=half\r\n" + rest)
    state = running._runner._server.server_state
    while running.call(lambda emulator: state.connections or state.tasks):
        pass  # until the server has seen that nobody is there

    assert running.call(lambda emulator: len(emulator.world.workspaces)) == 0
