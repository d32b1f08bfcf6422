"""What tests of the room share: a board, other servers in its place, and a kernel that shares nothing afterwards."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import httpx
import msgspec
import pytest

from helpers.lessons import cell_runs
from helpers.room import sharing
from helpers.room.board_server import BoardServer, BoardSetting
from helpers.room.room_memory import RoomCounts

HTTP = httpx.Client(verify=False, trust_env=False, timeout=10, limits=httpx.Limits(max_keepalive_connections=0))
"""Client of all tests: to read the trusted certificates for each would take longer than the tests."""

ANSWER = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"


@pytest.fixture(autouse=True)
def nothing_shared(monkeypatch) -> Iterator[None]:
    """No test finds what another one shares."""
    monkeypatch.setattr(sharing, "_sharing", None)
    monkeypatch.setattr(cell_runs, "_watchers", ())
    yield
    if sharing._sharing is not None:
        sharing._sharing.post.end()


@pytest.fixture
def board() -> Iterator[BoardServer]:
    """A board with the room code ROOM22."""
    server = BoardServer(BoardSetting(port=0, room="ROOM22"))
    yield server
    server.end()


@pytest.fixture
def stand_in() -> Iterator[Callable[..., tuple[str, list[bytes]]]]:
    """Start a server in place of a board: it answers each request with the given bytes, or never, and keeps them."""
    listening: list[socket.socket] = []

    def start(answer: bytes | None = ANSWER) -> tuple[str, list[bytes]]:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)
        requests: list[bytes] = []
        if answer is not None:
            threading.Thread(target=_serve, args=(server, answer, requests), daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/board?room=ROOM22", requests

    yield start
    for server in listening:
        server.shutdown(socket.SHUT_RDWR)  # closing alone doesn't end an accept
        server.close()


def _serve(server: socket.socket, answer: bytes, requests: list[bytes]) -> None:
    while True:
        try:
            client, _ = server.accept()
        except OSError:
            return
        with client:
            data = client.recv(65536)
            while data.count(b"\r\n\r\n") < 1 or not data.rstrip().endswith(b"}"):
                data += client.recv(65536)
            requests.append(data)
            with suppress(OSError):  # a sender that has read enough closes the connection
                client.sendall(answer)


def read_counts(server: BoardServer) -> RoomCounts:
    """Return what the board shows now: the first message of its feed."""
    with HTTP.stream("GET", server.url.replace("/board?", "/board/counts?")) as feed:
        first = next(line for line in feed.iter_lines() if line.startswith("data: "))
    return msgspec.json.decode(first.removeprefix("data: "), type=RoomCounts)
