"""The listener's HTTP server: reads requests with limits, and survives whatever is sent to it."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import socketserver
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from helpers.callbacks.body import MAX_BODY, Unreadable, declared_length, read_body
from helpers.callbacks.message import Reply, Request, refusal
from helpers.callbacks.reception import Reception

__all__ = ["Server", "TimedReader"]

_DRAINED_BYTES = 16 * MAX_BODY


class Server(ThreadingHTTPServer):
    """A thread for each connection, on loopback only; stopping never waits for a client."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    allow_reuse_address = os.name != "nt"  # on Windows the option lets two servers share a port

    def __init__(self, port: int, reception: Reception, patience_seconds: float) -> None:
        self.reception = reception
        self.patience_seconds = patience_seconds
        self._connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking the name service for this machine's name, as the base class does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, so that stopping can end it."""
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection and close it."""
        self._connections.discard(request)
        super().shutdown_request(request)

    def end_connections(self) -> None:
        """Close connections that clients keep open for later requests."""
        for connection in tuple(self._connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: requests are in the inbox, what ends up here is a connection that broke."""


class TimedReader(io.RawIOBase):
    """Reads from a socket until a deadline that no trickle of bytes can push back."""

    def __init__(self, connection: socket.socket, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._connection = connection
        self._seconds = seconds
        self._now = now
        self.renew()

    def renew(self) -> None:
        """Give the next request its full time."""
        self._deadline = self._now() + self._seconds

    def readable(self) -> bool:
        """A socket can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there, or raise TimeoutError when the time is up."""
        left = self._deadline - self._now()
        if left <= 0:
            raise TimeoutError("the request took too long")
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = default_request_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one packet; two would wait for each other's acknowledgement
    server: Server

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self._reader = TimedReader(self.connection, self.server.patience_seconds)
        self.rfile = io.BufferedReader(self._reader)

    def handle_one_request(self) -> None:
        self._reader.renew()
        self.path, self.headers = "-", self.MessageClass()  # nothing of the connection's last request stays
        super().handle_one_request()

    def handle_expect_100(self) -> bool:
        """Ask for the body only if it may come; otherwise the refusal follows at once."""
        try:
            if declared_length(self.headers) > MAX_BODY:
                return True
        except Unreadable:
            return True
        super().handle_expect_100()
        self.wfile.flush()
        return True

    def _handle(self) -> None:
        try:
            raw = read_body(self.rfile, self.headers)
        except Unreadable as unreadable:
            self._turn_away(refusal(unreadable.status, unreadable.sentence))
            return
        reply, _ = self.server.reception.answer(self._request(raw))
        self._send(reply)

    do_GET = do_POST = do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _handle  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what the base class refuses in our form; a common cause is https:// in place of http://."""
        rule = "The listener understands plain HTTP/1.1; check that the URL begins with http://, not https://."
        self._turn_away(refusal(int(code), f"{message or HTTPStatus(code).phrase}. {rule}"))

    def _turn_away(self, reply: Reply) -> None:
        self.close_connection = True
        self.server.reception.turn_away(self._request(b""), reply)
        self._send(reply)
        self._drain()

    def _request(self, raw: bytes) -> Request:
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            text = " ".join(value.split())  # a folded header would smuggle line breaks into a replay
            headers[name] = f"{headers[name]}, {text}" if name in headers else text
        return Request(self.command or "-", self.path, headers, raw)

    def _send(self, reply: Reply) -> None:
        bodiless = reply.status == HTTPStatus.NO_CONTENT
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        if not bodiless:
            self.send_header("Content-Length", str(len(reply.body)))
        if reply.allow:
            self.send_header("Allow", reply.allow)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"" if bodiless or self.command == "HEAD" else reply.body)
        self.connection.settimeout(self.server.patience_seconds)
        self.wfile.flush()

    def _drain(self) -> None:
        """Read on for a while and throw away: closing at once would take the answer from a busy sender."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            left = _DRAINED_BYTES
            while left > 0 and (chunk := self.rfile.read1(65536)):
                left -= len(chunk)

    def version_string(self) -> str:
        """What the ``Server`` header says."""
        return "TaskRouter-Notebooks"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed from a thread; the inbox has it all."""
