"""127.0.0.1 without sockets: a table of ports, and those who answer there by a function call."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from functools import partial
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING

from helpers.emulator.server.exchanges import Exchanges
from helpers.errors.listener_errors import PortTaken

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["LOOPBACK", "NAMES", "Loopback", "LoopbackSocket"]

NAMES = frozenset({"127.0.0.1", "localhost"})

_FIRST_PORT = 8700

Serve = Callable[[bytes], bytes]
"""Function that returns the response to a request, both as bytes."""


class Loopback:
    """Ports of a page.

    An exchange can be made while another one is answered: a decision function uses the API, for example. Callbacks, and
    looks of a console, wait until the outermost one has been answered, as over the network.
    """

    def __init__(self) -> None:
        self._served: dict[int, Serve] = {}
        self._free_ports = count(_FIRST_PORT)  # none is given twice, so that an old URL leads nowhere, as elsewhere
        self.exchanges = Exchanges()
        """Exchanges that are open."""
        self.made = 0
        """Number of exchanges so far."""

    def listen(self, serve: Serve, port: int = 0) -> int:
        """Let ``serve`` answer at a port, the next free one if it is 0, and return the port.

        Raises:
            PortTaken: the port isn't free, or isn't one.
        """
        port = port or next(each for each in self._free_ports if each not in self._served)
        if port in self._served or not 0 < port < 65536:
            raise PortTaken(port)
        self._served[port] = serve
        return port

    def close(self, port: int) -> None:
        """Free a port."""
        self._served.pop(port, None)

    def connect(self, port: int) -> LoopbackSocket:
        """Return a connection to a port.

        Raises:
            ConnectionRefusedError: nobody listens there.
        """
        if port not in self._served:
            raise ConnectionRefusedError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))
        return LoopbackSocket(self, port)

    def exchange(self, port: int, request: bytes, limit_seconds: float | None = None) -> bytes:
        """Return the response of those who listen at ``port``; it is empty if they stop before they have answered.

        Raises:
            TimeoutError: it took longer than ``limit_seconds``. It was too late to cut it short, but it counts for
                nothing, as on a machine.
        """
        began, self.made = monotonic(), self.made + 1
        with self.exchanges.carried():
            serve = self._served.get(port)
            response = b"" if serve is None else serve(request)
            if self._served.get(port) is not serve:
                response = b""
            took = monotonic() - began
        if limit_seconds is not None and took > limit_seconds:
            raise TimeoutError("timed out")
        return response


class LoopbackSocket:
    """Connection as Python's HTTP clients use one: all that is sent is one request, then its response is read."""

    def __init__(self, loopback: Loopback, port: int) -> None:
        self._loopback = loopback
        self._port = port
        self._sent = b""
        self._limit_seconds: float | None = None

    def sendall(self, data: bytes) -> None:
        """Keep a part of the request."""
        self._sent += data

    def makefile(self, mode: str, buffering: int = -1) -> io.BufferedReader:
        """Return the response to what was sent, which arrives when it is read."""
        request, self._sent = self._sent, b""
        return io.BufferedReader(_Arrival(partial(self._loopback.exchange, self._port, request, self._limit_seconds)))

    def settimeout(self, seconds: float | None) -> None:
        """Set the time limit for a response."""
        self._limit_seconds = seconds

    def close(self) -> None:
        """Do nothing: nothing is open."""


class _Arrival(io.RawIOBase):
    """Response that is fetched when its first bytes are read."""

    def __init__(self, fetch: Callable[[], bytes]) -> None:
        self._fetch = fetch
        self._response: io.BytesIO | None = None

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read into ``buffer``, as far as it goes."""
        self._response = self._response or io.BytesIO(self._fetch())
        return self._response.readinto(buffer)


LOOPBACK = Loopback()
"""Loopback of this process."""
