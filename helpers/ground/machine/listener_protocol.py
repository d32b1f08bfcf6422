"""HTTP/1.1 protocol of the listener: keeps header names and target as sent, and puts refusals into the inbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from helpers.emulator.server.web.bounds import Unreadable
from helpers.emulator.server.web.limited_protocol import LimitedProtocol, Limits, Stop
from helpers.ground.ground import Receiver
from helpers.ground.machine.answering_threads import AnsweringThreads
from helpers.ground.message import Reply, Request, encode_headers, header, make_request
from helpers.ground.unreadable import MAX_BODY, refuse

__all__ = ["ListenerProtocol"]


class ListenerProtocol(LimitedProtocol):
    """Protocol of one connection. ``scope["state"]`` has the request, without its body, for the application.

    Args:
        threads: answer requests that can't be read, too, as the inbox may have slow observers.
    """

    def __init__(self, receiver: Receiver, threads: AnsweringThreads, limits: Limits, **uvicorn: Any) -> None:
        super().__init__(**uvicorn)
        self.limits = limits
        self._receiver, self._threads = receiver, threads
        self._turning_away: asyncio.Task[None] | None = None
        self._sent: list[tuple[bytes, bytes]] = []
        self._arrived = 0
        # A header can continue on the next line (RFC 9112, 5.2), which the parser refuses by default.
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True, lenient_headers=True)

    def on_message_begin(self) -> None:
        """Reset the state of the connection's last request."""
        super().on_message_begin()
        self._sent, self._arrived = [], 0

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; ignore those after a chunked body."""
        if not self.in_body:
            self._sent.append((name, value))
            super().on_header(name, value)

    def on_head(self) -> None:
        """Keep the request as it was sent; uvicorn gets the target "/", as it can't read every one."""
        request = self.scope["state"]["request"] = self._request()
        self.url = b"/"
        if int(header(request.headers, "Content-Length") or 0) > MAX_BODY:
            raise Stop(Unreadable.BODY_TOO_LARGE)
        if header(request.headers, "Transfer-Encoding").lower() not in ("", "chunked"):
            raise Stop(Unreadable.UNKNOWN_ENCODING)

    def on_body(self, body: bytes) -> None:
        """Read a part of the body, up to the limit."""
        self._arrived += len(body)
        if self._arrived > MAX_BODY:
            raise Stop(Unreadable.BODY_TOO_LARGE)
        super().on_body(body)

    def eof_received(self) -> bool:  # type: ignore[override]
        """Answer a sender that has closed its side of the connection and can still read."""
        if self.in_body:
            self.refuse(Unreadable.CUT_OFF)
        cycle, refusal = self.cycle, self._turning_away
        if refusal is not None and not refusal.done():
            refusal.add_done_callback(lambda _: self.transport.close())
        elif cycle is None or cycle.response_complete or cycle.disconnected:
            self.transport.close()
        else:
            cycle.keep_alive = False
        return True

    def shutdown(self) -> None:
        """Close the connection at once: stopping doesn't wait for a client."""
        self.transport.close()

    def turn_away(self, why: Unreadable, said: str) -> None:
        """Put the request into the inbox, on another thread, then send its refusal, if it gets one."""
        request = self.scope["state"].get("request") or self._request()
        note = partial(refuse, self._receiver, request, why, said, self._arrived)
        task = self._turning_away = self.loop.create_task(self._turn_away(note))
        self.tasks.add(task)  # as uvicorn does with those that answer, which end with the server
        task.add_done_callback(self.tasks.discard)

    async def _turn_away(self, note: Callable[[], Reply | None]) -> None:
        reply = await self._threads.run(note)
        if reply is None:
            self.transport.close()
        else:
            headers = [*self.server_state.default_headers, *encode_headers(reply)]
            self.write_refusal(reply.status, headers, reply.body)

    def _request(self) -> Request:
        sent = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in self._sent)
        if not self.url:
            return make_request("-", "-", sent)
        return make_request(self.parser.get_method().decode(), self.url.decode("latin-1"), sent)
