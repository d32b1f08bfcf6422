"""HTTP/1.1 as the listener speaks it: names and target of a request as they were sent, every refusal in the inbox."""

from __future__ import annotations

from typing import Any

from helpers.callbacks.message import Request, header
from helpers.callbacks.reception import Reception
from helpers.callbacks.web.unreadable import MAX_BODY, explain
from helpers.emulator.web.limited_protocol import LimitedProtocol, Limits, Stop, Unreadable

__all__ = ["ListenerProtocol"]


class ListenerProtocol(LimitedProtocol):
    """One connection. The application finds the request, its body left out, in ``scope["state"]``."""

    def __init__(self, reception: Reception, limits: Limits, **uvicorn: Any) -> None:
        super().__init__(**uvicorn)
        self.limits = limits
        self._reception = reception
        self._sent: list[tuple[bytes, bytes]] = []
        self._arrived = 0
        # A header may go on in the next line (RFC 9112, 5.2), which the parser refuses unless told otherwise.
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True, lenient_headers=True)

    def on_message_begin(self) -> None:
        """Forget the connection's last request."""
        super().on_message_begin()
        self._sent, self._arrived = [], 0

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; those that trail a chunked body mean nothing here."""
        if not self.in_body:
            self._sent.append((name, value))
            super().on_header(name, value)

    def on_head(self) -> None:
        """Keep the request as it was sent; a target that uvicorn cannot read is for the routes to refuse."""
        request = self.scope["state"]["request"] = self._request()
        self.url = b"/"
        if int(header(request.headers, "Content-Length") or 0) > MAX_BODY:
            raise Stop(Unreadable.BODY_TOO_LARGE)
        if header(request.headers, "Transfer-Encoding").lower() not in ("", "chunked"):
            raise Stop(Unreadable.UNKNOWN_ENCODING)

    def on_body(self, body: bytes) -> None:
        """Take a part of the body, within the limit."""
        self._arrived += len(body)
        if self._arrived > MAX_BODY:
            raise Stop(Unreadable.BODY_TOO_LARGE)
        super().on_body(body)

    def eof_received(self) -> bool:  # type: ignore[override]
        """Answer a sender that has ended its side of the connection, which may still read."""
        if self.in_body:
            self.refuse(Unreadable.CUT_OFF)
        cycle = self.cycle
        if cycle is None or cycle.response_complete or cycle.disconnected:
            self.transport.close()
        else:
            cycle.keep_alive = False
        return True

    def shutdown(self) -> None:
        """End the connection: stopping never waits for a client."""
        self.transport.close()

    def refusal(self, why: Unreadable, said: str) -> tuple[int, bytes] | None:
        """Return an answer in the listener's form, and keep the request with it."""
        if why in (Unreadable.HEAD_TOO_LARGE, Unreadable.TOO_MANY_HEADERS):
            request = Request("-", "-", {})  # the inbox keeps nothing without limit
        else:
            request = self.scope["state"].get("request") or self._request()
        reply = explain(why, said, request, self._arrived)
        if reply is None:
            return None
        self._reception.turn_away(request, reply)
        return reply.status, reply.body

    def _request(self) -> Request:
        headers: dict[str, str] = {}
        for name, value in ((name.decode("latin-1"), value.decode("latin-1")) for name, value in self._sent):
            text = " ".join(value.split())  # a folded header would smuggle line breaks into a replay
            headers[name] = f"{headers[name]}, {text}" if name in headers else text
        if not self.url:
            return Request("-", "-", headers)
        return Request(self.parser.get_method().decode(), self.url.decode("latin-1"), headers)
