"""Requests: with limits in size and time, and refused in Twilio's form where they cannot be read."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ..api.http.rest_errors import error_body

__all__ = ["MAX_HEAD", "HeadProtocol"]

MAX_HEAD = 64 * 1024
"""Bytes of request line and headers. The longest list URLs take a tenth of that."""

_HEAD_SECONDS = 10.0
"""How long a head may take from its first byte to its last."""

_BODY_SECONDS = 30.0
"""How long a body may pause."""

_LINGER_SECONDS = 1.0
"""Closing at once would take the answer from a client that is still sending."""

_UNREADABLE = (
    400,
    20001,
    "Bad request: this is not HTTP/1.1. If the server was started without https, call it by http.",
)
_TOO_LARGE = (431, 20431, f"Request line and headers are larger than {MAX_HEAD} bytes")
_SLOW_HEAD = (408, 20408, f"The request's headers took longer than {_HEAD_SECONDS:g} seconds")
_SLOW_BODY = (408, 20408, f"Nothing more of the request's body came for {_BODY_SECONDS:g} seconds")

_PHRASES = {400: b"Bad Request", 408: b"Request Timeout", 431: b"Request Header Fields Too Large"}


class _HeadTooLarge(Exception):
    """Ends the parser's work on a request."""


class HeadProtocol(HttpToolsProtocol):
    """HTTP/1.1 as the emulator speaks it. uvicorn itself has neither limit, and answers in plain text."""

    _head: int | None = None
    """Bytes of the head that is arriving; None while none is."""
    _chunk = 0
    """Bytes that arrived last."""
    _is_behind = False
    """Whether the head that is arriving stands behind another one in these bytes: a client did not wait."""
    _timer: asyncio.TimerHandle | None = None
    _is_over = False

    def data_received(self, data: bytes) -> None:
        """Something has arrived."""
        if self._is_over:
            return
        self._chunk, self._is_behind = len(data), False
        super().data_received(data)
        if self._is_over:
            return
        if self._head is not None:
            self._go_on(self._head + (0 if self._is_behind else len(data)))
        elif self.cycle is not None and self.cycle.more_body and not self.cycle.response_complete:
            self._cancel()
            self._timer = self.loop.call_later(_BODY_SECONDS, self._refuse, *_SLOW_BODY)

    def on_message_begin(self) -> None:
        """The parser has seen a request's first byte."""
        self._head = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The parser has seen the whole head."""
        arrived, self._head = self._head, None
        if self._timer is not None:
            self._cancel()
        if (arrived or 0) + self._chunk > MAX_HEAD and self._size() > MAX_HEAD:
            raise _HeadTooLarge
        self._is_behind = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The parser has seen the whole body, empty or not."""
        if self._timer is not None:
            self._cancel()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """The parser has given up, or we have."""
        self._refuse(*(_TOO_LARGE if self.headers is not None and self._size() > MAX_HEAD else _UNREADABLE))

    def _go_on(self, arrived: int) -> None:
        """Wait for the rest of a head, within its limits."""
        self._head = arrived
        if arrived > MAX_HEAD:
            self._refuse(*_TOO_LARGE)
        elif self._timer is None:
            self._timer = self.loop.call_later(_HEAD_SECONDS, self._refuse, *_SLOW_HEAD)

    def _size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: int, code: int, text: str) -> None:
        self._cancel()
        self._is_over = True
        if self.cycle is not None and not self.cycle.response_complete:
            if self.cycle.scope is not self.scope:  # a request before this one: its answer is due first, and the last
                self.cycle.keep_alive = False
                return
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        body = error_body(status, code, text)
        self.transport.write(
            b"HTTP/1.1 %d %s\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: %d\r\n"
            b"connection: close\r\n\r\n%s" % (status, _PHRASES[status], len(body), body)
        )
        self._end()

    def _end(self) -> None:
        transport: Any = self.transport
        if transport.can_write_eof():
            transport.write_eof()
        self.loop.call_later(_LINGER_SECONDS, transport.close)
