"""Door of a page: the listener answers by a function call what arrives at its port."""

from __future__ import annotations

from helpers.ground.ground import Receiver
from helpers.ground.message import Reply, make_request, reply_headers
from helpers.ground.page.http_bytes import SentRequest, read_requests, write_response
from helpers.ground.page.loopback import LOOPBACK
from helpers.ground.unreadable import MAX_BODY, refuse

__all__ = ["PageDoor"]


class PageDoor:
    """Port of the page at which ``receiver`` answers, within the machine's limits of size.

    Raises:
        PortTaken: the port isn't free, or isn't one.
    """

    def __init__(self, port: int, receiver: Receiver) -> None:
        self._receiver = receiver
        self.port = LOOPBACK.listen(self._serve, port)

    def close(self) -> None:
        """Answer no more requests, and free the port."""
        LOOPBACK.close(self.port)

    def _serve(self, data: bytes) -> bytes:
        return b"".join(map(self._answer, read_requests(data, max_body=MAX_BODY)))

    def _answer(self, sent: SentRequest) -> bytes:
        request = make_request(sent.method, sent.target, sent.headers, sent.body)
        if sent.trouble is not None:
            refused = refuse(self._receiver, request, *sent.trouble, len(sent.body))
            return b"" if refused is None else self._write(sent, refused, ("connection", "close"))
        reply, _ = self._receiver.answer(request)
        return self._write(sent, reply)

    def _write(self, sent: SentRequest, reply: Reply, *more: tuple[str, str]) -> bytes:
        name = self._receiver.server_name
        headers = [("server", name)] if name else []
        return write_response(sent, reply.status, [*headers, *reply_headers(reply), *more], reply.body)
