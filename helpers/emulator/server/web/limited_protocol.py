"""HTTP/1.1 protocol with limits of size and time, which uvicorn doesn't have."""

from __future__ import annotations

import asyncio
import math
import sys
from abc import abstractmethod
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .bounds import MAX_HEAD, MAX_HEADERS, Unreadable

__all__ = ["LimitedProtocol", "Limits", "Stop"]


class Limits(msgspec.Struct, frozen=True):
    """Time limits, in seconds.

    Args:
        head: from the first byte of a head to its last.
        pause: between two parts of a body.
        request: from the first byte of a request to its last.
        linger: from a refusal to the end of the connection. A client that is still sending would lose the response if
            the connection closed at once.
    """

    head: float
    pause: float = math.inf
    request: float = math.inf
    linger: float = 1.0


class Stop(Exception):
    """Error that refuses a request, raised in a callback of the parser."""

    def __init__(self, why: Unreadable, said: str = "") -> None:
        super().__init__(said)
        self.why = why


class LimitedProtocol(HttpToolsProtocol):
    """uvicorn's HTTP/1.1 protocol with limits; a subclass writes the refusals."""

    limits: Limits
    in_body = False
    """State from the end of a head to the end of its body."""

    _head: int | None = None
    """Bytes of the head that is arriving, or None."""
    _chunk = 0
    """Number of bytes that arrived last."""
    _is_behind = False
    """State while a head arrives in the same bytes as the one before it, because the client didn't wait."""
    _before: Any = None
    """uvicorn's record of the request before this one."""
    _began = 0.0
    _timer: asyncio.TimerHandle | None = None
    _is_over = False
    _late: tuple[Unreadable, str] | None = None

    @abstractmethod
    def turn_away(self, why: Unreadable, said: str) -> None:
        """Send a refusal by ``write_refusal``, now or later, or close the connection without one.

        The connection may be closed already; then there is only the refusal to keep, for those who keep it.

        Args:
            said: the parser's message; empty unless it was the parser that gave up.
        """

    def on_head(self) -> None:
        """Check a head that is within the limits; a subclass raises ``Stop`` to refuse the request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the timer of an idle connection, which uvicorn starts only after the first request."""
        super().connection_made(transport)
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def data_received(self, data: bytes) -> None:
        """Parse the bytes that arrived, and set a timer for the rest."""
        if self._is_over:
            return
        self._chunk, self._is_behind = len(data), False
        super().data_received(data)
        if self._is_over:
            return
        if self._head is not None:
            self._go_on(self._head + (0 if self._is_behind else len(data)))
        elif self.in_body:
            self._cancel()
            due = min(self._began + self.limits.request, self.loop.time() + self.limits.pause)
            self._timer = self.loop.call_at(due, self.refuse, Unreadable.SLOW_BODY)

    def on_message_begin(self) -> None:
        """Start a request, at its first byte."""
        self._head = 0
        self._began = self.loop.time()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Start to answer a request whose head is within the limits."""
        arrived, self._head = self._head, None
        if self._timer is not None:
            self._cancel()
        if (arrived or 0) + self._chunk > MAX_HEAD and self._size() > MAX_HEAD:
            raise Stop(Unreadable.HEAD_TOO_LARGE)
        if len(self.headers) > MAX_HEADERS:
            raise Stop(Unreadable.TOO_MANY_HEADERS)
        self._is_behind = self.in_body = True
        self.on_head()
        self._before = self.cycle
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End a request, at the last byte of its body or, without one, of its head."""
        self.in_body = False
        if self._timer is not None:
            self._cancel()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Continue after a response: with the next request, or with the refusal that waited for it."""
        super().on_response_complete()
        if self._late is not None and self.cycle.response_complete:
            late, self._late = self._late, None
            self.turn_away(*late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer of a client that has gone."""
        self._cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse a request after an error of the parser, or ``Stop`` in one of its callbacks."""
        error = sys.exc_info()[1]  # uvicorn calls this while it handles the parser's error
        ours = error and error.__context__
        if isinstance(ours, Stop):
            self.refuse(ours.why, str(ours))
        else:
            self.refuse(Unreadable.NOT_HTTP, str(error or msg))

    def refuse(self, why: Unreadable, said: str = "") -> None:
        """Send a refusal and close the connection, unless it is being closed already."""
        if self._is_over:
            return
        self._cancel()
        self._is_over = True
        if self.pipeline and self.pipeline[0][0] is self.cycle and self.cycle.scope is self.scope:
            self.pipeline.popleft()  # a request that has not been started must not be
            self.cycle = self._before
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if cycle.scope is not self.scope:  # the request before this one: its response is due first, and the last
                cycle.keep_alive, self._late = False, (why, said)
                return
            cycle.disconnected = True
            cycle.message_event.set()
        elif cycle is not None and cycle.scope is self.scope:  # it was answered before all of it had arrived
            self.transport.close()
            return
        self.turn_away(why, said)

    def write_refusal(self, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> None:
        """Send a response, the connection's last, unless the client has gone."""
        if self.transport.is_closing():
            return
        lines = b"".join(b"%s: %s\r\n" % line for line in headers)
        phrase = HTTPStatus(status).phrase.encode()
        self.transport.write(b"HTTP/1.1 %d %s\r\n%sconnection: close\r\n\r\n%s" % (status, phrase, lines, body))
        self._end()

    def _go_on(self, arrived: int) -> None:
        """Wait for the rest of a head, up to the limits."""
        self._head = arrived
        if arrived > MAX_HEAD:
            self.refuse(Unreadable.HEAD_TOO_LARGE)
        elif self._timer is None:
            self._timer = self.loop.call_later(self.limits.head, self.refuse, Unreadable.SLOW_HEAD)

    def _size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end(self) -> None:
        transport: Any = self.transport
        if transport.can_write_eof():
            transport.write_eof()
        self.loop.call_later(self.limits.linger, transport.close)
