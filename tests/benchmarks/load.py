"""A fast HTTP client: it sends ready-made requests over kept connections and notes how long each took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.benchmarks.processes import Server

try:
    from uvloop import run
except ImportError:  # Windows
    from asyncio import run

__all__ = ["Load", "form_request", "get_request", "json_request", "send_all"]

_END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True)
class Load:
    """What came of it: requests a second, and each one's seconds."""

    rate: float
    seconds: list[float]

    def percentile(self, share: float) -> float:
        """The time that ``share`` of the requests kept within, in seconds."""
        return sorted(self.seconds)[int(share * (len(self.seconds) - 1))]


def get_request(server: Server, path: str) -> bytes:
    """A GET as bytes."""
    return _request(server, "GET", path)


def form_request(server: Server, path: str, **form: str) -> bytes:
    """A POST with a form, as bytes."""
    return _request(server, "POST", path, urlencode(form).encode())


def json_request(server: Server, path: str, body: bytes) -> bytes:
    """A POST of JSON, as bytes."""
    return _request(server, "POST", path, body, "application/json")


def send_all(server: Server, requests: Iterable[bytes], connections: int) -> Load:
    """Send each request once, each connection waiting for an answer before it sends the next.

    Raises:
        AssertionError: one was not answered with success.
    """
    return run(_send_all(server, requests, connections))


async def _send_all(server: Server, requests: Iterable[bytes], connections: int) -> Load:
    loop = asyncio.get_running_loop()
    waiting, seconds = iter(requests), list[float]()
    opened = [
        (await loop.create_connection(lambda: _Connection(waiting, seconds, loop), *server.address))[1]
        for _ in range(connections)
    ]
    started = time.perf_counter()
    for connection in opened:
        connection.send_next()
    await asyncio.gather(*(connection.done for connection in opened))
    return Load(len(seconds) / (time.perf_counter() - started), seconds)


class _Connection(asyncio.Protocol):
    def __init__(self, waiting: Iterator[bytes], seconds: list[float], loop: asyncio.AbstractEventLoop) -> None:
        self.done = loop.create_future()
        self._waiting = waiting
        self._seconds = seconds
        self._received = b""

    def connection_made(self, transport: asyncio.WriteTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(_END_OF_HEAD)
        if not found or len(body) < _content_length(head):
            return
        self._seconds.append(time.perf_counter() - self._sent)
        if not head.startswith(b"HTTP/1.1 2"):
            self.done.set_exception(AssertionError(self._received.decode()))
        self._received = b""
        self.send_next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server closed the connection"))

    def send_next(self) -> None:
        """Send what waits next; without any, close."""
        request = next(self._waiting, None)
        if request is None or self.done.done():
            self._transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self._sent = time.perf_counter()
        self._transport.write(request)


def _content_length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)


def _request(
    server: Server, method: str, path: str, body: bytes = b"", kind: str = "application/x-www-form-urlencoded"
) -> bytes:
    host, port = server.address
    head = [
        f"{method} {path} HTTP/1.1",
        f"Host: {host}:{port}",
        f"Authorization: {server.authorization}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body
