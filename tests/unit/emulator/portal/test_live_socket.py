"""Pages hear of the emulator by WebSocket, within limits, and none of them can hold up the others."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from twilio.rest import Client
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from helpers.emulator.emulator_errors import StoreFailed
from helpers.emulator.portal import live_socket, portal_routes
from helpers.emulator.portal.feed.feed_message import FeedMessage
from helpers.emulator.portal.feed.stream import Stream
from helpers.emulator.sdk import EmulatorHttpClient
from helpers.emulator.server import RunningEmulator, start
from tests.worlds.desk import ClientDesk

LONG = 10


@pytest.fixture
def running() -> Iterator[RunningEmulator]:
    with start(seed="socket", account_sid="AC" + "5" * 32, auth_token="a-token") as running:
        yield running


@pytest.fixture
def desk(running) -> ClientDesk:
    return ClientDesk(Client(running.account_sid, running.auth_token, http_client=EmulatorHttpClient(running.url)))


def open_socket(running: RunningEmulator, **more: Any) -> ClientConnection:
    address = f"{running.url.replace('http', 'ws', 1)}/portal/live"
    return connect(address, **{"origin": running.url, "compression": None, "proxy": None, **more})


def watch(live: ClientConnection, workspace_sid: str | None) -> dict[str, Any]:
    live.send(json.dumps({"watch": workspace_sid}))
    return heard(live)


def heard(live: ClientConnection) -> dict[str, Any]:
    return json.loads(live.recv(timeout=LONG))


def test_change_follows_the_state(running, desk):
    """A new Worker is told of by itself, to each page that shows the Workspace."""
    with open_socket(running) as one, open_socket(running) as other:
        assert watch(one, desk.workspace_sid)["records"]["workers"] == {}
        assert watch(other, None)["workspaces"] == [{"sid": desk.workspace_sid, "friendly_name": "Care Desk"}]
        worker = desk.worker("Alice")

        change = heard(one)
        while "records" not in change:
            change = heard(one)
        assert list(change["records"]["workers"]) == [worker.sid]
        assert "records" not in heard(other)


def test_page_looks_at_another_workspace(running, desk):
    """By the same socket, as often as it likes; the same one again sends the whole state again."""
    other = ClientDesk(desk.client)
    with open_socket(running) as live:
        shown = [watch(live, sid)["workspace"] for sid in (desk.workspace_sid, other.workspace_sid, None)]
        assert shown == [desk.workspace_sid, other.workspace_sid, None]
        assert watch(live, None)["type"] == "state"


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "null",
        '{"watch": 1}',
        '{"watch": {}}',
        '{"other": 1}',
        f'{{"watch": "{"W" * 99}"}}',
        b"\x00",
        "\x00",
    ],
)
def test_other_messages_end_the_socket(running, message):
    """What no page of ours sends is not answered."""
    with open_socket(running) as live:
        live.send(message)
        with pytest.raises(ConnectionClosed) as closed:
            live.recv(timeout=LONG)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1007


def test_long_message_ends_the_socket(running):
    """Nobody fills the memory."""
    with open_socket(running) as live:
        live.send(json.dumps({"watch": "W" * 5000}))
        with pytest.raises(ConnectionClosed) as closed:
            live.recv(timeout=LONG)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


def test_silent_socket_is_ended(running, monkeypatch):
    """One that never says what it shows takes the place of another."""
    monkeypatch.setattr(live_socket, "_FIRST_SECONDS", 0.05)
    with open_socket(running) as live, pytest.raises(ConnectionClosed) as closed:
        live.recv(timeout=LONG)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


def test_sockets_are_limited(running, monkeypatch):
    """One too many is told so; when another goes, there is room."""
    monkeypatch.setattr(portal_routes, "_MOST_SOCKETS", 2)
    with open_socket(running) as one, open_socket(running) as other:
        watch(one, None), watch(other, None)
        with open_socket(running) as third, pytest.raises(ConnectionClosed) as closed:
            third.recv(timeout=LONG)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1013
    end = time.monotonic() + LONG
    while time.monotonic() < end:  # the server notes a moment later that they went
        with open_socket(running) as live:
            live.send('{"watch": null}')
            try:
                assert heard(live)["type"] == "state"
                return
            except ConnectionClosed:
                continue
    pytest.fail("there is no room again")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://127.0.0.1.evil.example",
        "null",
        "http://127.0.0.1:1",
        "http://localhost",
        "file://",
    ],
)
def test_page_of_another_origin_is_refused(running, origin):
    """Cookies don't tell ports apart, so a page at another port of this machine is another origin, too."""
    with pytest.raises(InvalidStatus) as refused:
        open_socket(running, origin=origin)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"])
def test_name_that_was_bound_to_this_address_is_refused(running, host):
    """A page's own name that leads here (DNS rebinding) has the right Origin, and the wrong Host."""
    port = int(running.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=LONG) as raw:
        raw.sendall(handshake(host, f"http://{host}"))
        assert raw.recv(4096).startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_both_names_of_this_machine_work(running, name):
    """Whichever the browser's address bar has."""
    port = running.url.rpartition(":")[2]
    with connect(f"ws://{name}:{port}/portal/live", origin=f"http://{name}:{port}", proxy=None) as live:
        assert watch(live, None)["type"] == "state"


@pytest.mark.parametrize("path", ["/", "/portal/other", "/v1/Workspaces", "/_emulator/clock", "/portal/live/"])
def test_there_is_no_other_socket(running, path):
    """A handshake elsewhere is refused, and the server answers on."""
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{running.url.replace('http', 'ws', 1)}{path}", origin=running.url, proxy=None)
    assert refused.value.response.status_code == 403
    with open_socket(running) as live:
        assert watch(live, None)["type"] == "state"


def test_stop_ends_sockets_at_once(running, desk):
    """Also those of readers that are slow: nobody waits for a page."""
    with open_socket(running) as live, slow_reader(running, desk) as slow:
        watch(live, desk.workspace_sid)
        began = time.monotonic()
        running.stop()
        assert time.monotonic() - began < 1
        with pytest.raises(ConnectionClosed) as closed:
            live.recv(timeout=LONG)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012
        assert slow.recv(1)


def test_slow_reader_holds_up_nobody(running, desk):
    """Others hear at once; what waits for the slow one is limited."""
    with slow_reader(running, desk), open_socket(running) as live:
        watch(live, desk.workspace_sid)
        desk.worker("Alice")
        while "records" not in heard(live):
            pass


def slow_reader(running: RunningEmulator, desk: ClientDesk) -> socket.socket:
    """A socket that asks for more than its buffers hold, and reads nothing."""
    port = int(running.url.rpartition(":")[2])
    running.seed(
        {"workspaces": [{"friendly_name": "Big", "workers": [{"friendly_name": f"W{n}"} for n in range(2000)]}]}
    )
    big = desk.client.taskrouter.v1.workspaces.list(friendly_name="Big")[0].sid
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", port))
    raw.sendall(handshake(f"127.0.0.1:{port}", running.url))
    assert raw.recv(12) == b"HTTP/1.1 101"
    text = json.dumps({"watch": big}).encode()
    for _ in range(5):
        raw.sendall(bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text)
    return raw


def handshake(host: str, origin: str) -> bytes:
    lines = [
        "GET /portal/live HTTP/1.1",
        f"Host: {host}",
        f"Origin: {origin}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


class HeldSocket:
    """Socket whose page reads when it is told to."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.reads = asyncio.Event()
        self.said: asyncio.Queue[str] = asyncio.Queue()

    async def receive_text(self) -> str:
        return await self.said.get()

    async def send_text(self, text: str) -> None:
        await self.reads.wait()
        self.texts.append(text)


class CountingFeed:
    """Feed that sends what it is told to, and counts how often the whole state is asked for."""

    def __init__(self) -> None:
        self.repeated = 0

    def subscribe(self, account_sid: str, workspace_sid: str | None, take: Any) -> Any:
        self.take = take
        take(FeedMessage({"type": "state"}))
        return lambda: None

    def repeat(self, account_sid: str, workspace_sid: str | None) -> FeedMessage:
        self.repeated += 1
        return FeedMessage({"type": "state", "again": self.repeated})


def test_state_that_cannot_be_read_ends_the_socket(running, desk, monkeypatch):
    """The page tries again later; requests are answered on."""
    with open_socket(running) as live:
        watch(live, desk.workspace_sid)
        with monkeypatch.context() as broken:
            broken.setattr(Stream, "whole", unreadable)
            live.send(json.dumps({"watch": None}))
            with pytest.raises(ConnectionClosed) as closed:
                read_on(live)
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1011, "The file is damaged.")
    with open_socket(running) as live:
        assert watch(live, desk.workspace_sid)["type"] == "state"


def read_on(live: ClientConnection) -> None:
    """Read until the socket is closed."""
    while True:
        live.recv(timeout=LONG)


def unreadable(stream: Stream) -> FeedMessage:
    raise StoreFailed("The file is damaged.")


def test_slow_reader_gets_the_whole_state_once_it_reads(monkeypatch):
    """In place of thousands of changes, which are dropped; changes go on after it."""
    monkeypatch.setattr(live_socket, "_WAITING_CHARACTERS", 1000)

    async def play() -> list[dict[str, Any]]:
        page: Any = HeldSocket()
        feed: Any = CountingFeed()
        running = asyncio.create_task(live_socket.LiveSocket(feed, "AC", page).run())
        page.said.put_nowait('{"watch": "WS1"}')
        await asyncio.sleep(0.01)
        for number in range(1000):
            feed.take(FeedMessage({"type": "change", "seq": number}))
            await asyncio.sleep(0)
        page.reads.set()
        await asyncio.sleep(0.01)
        feed.take(FeedMessage({"type": "change", "seq": "last"}))
        await asyncio.sleep(0.01)
        running.cancel()
        return [json.loads(text) for text in page.texts]

    told = asyncio.run(play())

    assert told == [{"type": "state"}, {"type": "state", "again": 1}, {"type": "change", "seq": "last"}]
