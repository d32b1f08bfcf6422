"""Reports on their way to a board, sent on a thread of the ground's, so that no cell waits for them."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import time
from collections.abc import Iterable
from contextlib import suppress
from http import HTTPStatus
from threading import Condition
from urllib.parse import quote, urlsplit

from helpers.ground.choice import current_ground
from helpers.room.board_address import BoardAddress

__all__ = ["LIMIT_SECONDS", "BoardPost"]

LIMIT_SECONDS = 1.0
"""Time limit for a report, from the connection to the status of its response."""

_STATUS = re.compile(rb"HTTP/1\.\d (\d{3})\b")

_PLAIN = "/?:@!$&'()*+,;=~%"
"""Characters that stand in a path or a query as they are (RFC 3986, 3.3 and 3.4)."""

_TROUBLE: dict[int, str] = {
    HTTPStatus.NOT_FOUND: "has no such room. Type the line that it shows now",
    HTTPStatus.TOO_MANY_REQUESTS: "is full or too busy",
}


class BoardPost:
    """Sender of reports to one board. Of reports that wait, only the last is sent: each has all of a seat's state.

    A report is one request on a connection of its own, and of the response only the first line is read. An HTTP client
    would also follow redirects, keep cookies and ask proxies, and loading one takes longer than the time limit if the
    machine is busy.
    """

    def __init__(self, address: BoardAddress) -> None:
        self._changed = Condition()
        self._wanted: bytes | None = None
        self._tried: bytes | None = None
        self._received: bytes | None = None
        self._trouble = ""
        parts = urlsplit(address.url)
        is_safe = parts.scheme == "https"
        self._place = parts.hostname or "", parts.port or (443 if is_safe else 80)
        self._trusted = ssl.create_default_context() if is_safe else None
        self._head = (
            f"POST {quote(parts.path or '/', _PLAIN)}?{quote(parts.query, _PLAIN)} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            "Content-Type: application/json\r\nConnection: close\r\nContent-Length: "
        ).encode()
        self._attendant = current_ground().attend(self._send, lambda: None)
        self._attendant.start()

    def post(self, report: bytes, *, anew: bool = False) -> None:
        """Send ``report`` soon, in place of one that waits, unless the board has it; return at once.

        Args:
            anew: send it in any case: a board that was started again has nothing.
        """
        with self._changed:
            self._wanted = report
            if anew:
                self._received = None
            self._tried = None
        self._attendant.wake()

    def settle(self) -> str:
        """Wait until the last report has been sent, a bit longer than its time limit; return the trouble, if any."""
        until = time.monotonic() + 2 * LIMIT_SECONDS
        with self._changed:
            while self._wanted not in (self._received, self._tried) and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            if self._wanted == self._received:
                return ""
            return self._trouble or "doesn't answer"

    @property
    def trouble(self) -> str:
        """Words on why the board hasn't the last report that was tried; empty if it has."""
        with self._changed:
            return self._trouble

    def end(self) -> None:
        """Send nothing more."""
        with self._changed:
            self._wanted = None
        self._attendant.stop()

    def _send(self) -> None:
        """Send what waits (the attendant's look). It prints nothing and raises nothing."""
        report = self._find_news()
        if report is None:
            return
        try:
            addresses = self._look_up()
            report = self._find_news()
            if report is None:  # the end came during a slow look-up
                return
            trouble = _read_status(asyncio.run(self._exchange(report, addresses)))
        except Exception:  # whatever a network, a resolver or a hostile server can do
            trouble = "isn't reached (check its address, and your network)"
        with self._changed:
            self._tried, self._trouble = report, trouble
            self._received = None if trouble else report
            self._changed.notify_all()

    def _find_news(self) -> bytes | None:
        """Return what waits, unless the board has it."""
        with self._changed:
            return None if self._wanted == self._received else self._wanted

    def _look_up(self) -> list[str]:
        """Return the board's IP addresses. On asyncio's threads, a slow look-up would keep a kernel from ending."""
        found = socket.getaddrinfo(*self._place, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(address[0]) for *_, address in found))

    async def _exchange(self, report: bytes, addresses: Iterable[str]) -> int:
        """Send a report and return the status of the response."""
        async with asyncio.timeout(LIMIT_SECONDS):
            reader, writer = await self._connect(addresses)
            try:
                writer.write(b"%s%d\r\n\r\n%s" % (self._head, len(report), report))
                line = await reader.readline()
            finally:
                writer.transport.abort()
        found = _STATUS.match(line)
        if found is None:
            raise ValueError("This isn't a response of HTTP/1.")
        return int(found[1])

    async def _connect(self, addresses: Iterable[str]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = self._place
        name = host if self._trusted else None
        for address in addresses:
            with suppress(OSError):
                return await asyncio.open_connection(address, port, ssl=self._trusted, server_hostname=name)
        raise ConnectionError("None of the addresses answers.")


def _read_status(status: int) -> str:
    return "" if status == HTTPStatus.NO_CONTENT else _TROUBLE.get(status, f"refuses reports (status {status})")
