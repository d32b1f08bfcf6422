"""Web server of the listener: uvicorn on a thread of its own, and other threads that answer.

The first start takes 5 ms and 0.4 MB in a kernel that runs the emulator, 50 ms and 4.5 MB in a live one.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from http import HTTPStatus

from starlette.types import Receive, Scope, Send

from helpers.callbacks.message import Reply, Request
from helpers.callbacks.reception import Reception
from helpers.callbacks.web.answering_threads import AnsweringThreads
from helpers.callbacks.web.listener_protocol import ListenerProtocol
from helpers.emulator.web.limited_protocol import Limits
from helpers.emulator.web.server_thread import ServerThread, bind, configure

__all__ = ["Server"]


class Server:
    """Web server of one listener, on loopback only; it answers from its creation until ``stop``.

    Args:
        port: 0 picks a free one.
        patience_seconds: time limit for one request to arrive, and for an idle connection.

    Raises:
        OSError, OverflowError: the port isn't free, or isn't a port.
    """

    def __init__(self, port: int, reception: Reception, patience_seconds: float) -> None:
        self._reception = reception
        self._threads = AnsweringThreads()
        listening = bind("127.0.0.1", port)
        self.port = int(listening.getsockname()[1])
        limits = Limits(head=patience_seconds, request=patience_seconds, linger=patience_seconds)
        config = configure(
            self._app,
            partial(ListenerProtocol, reception, limits),
            keep_alive_seconds=patience_seconds,
            lifespan="off",
            headers=[("server", "TaskRouter-Notebooks")],
        )
        self._thread = ServerThread(config, listening, name="callback listener", last_answers_seconds=0)
        self._thread.begin()

    def stop(self) -> None:
        """Close all connections and end the threads."""
        self._thread.finish()
        self._threads.end()

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        request: Request = scope["state"]["request"]
        raw, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":  # refused meanwhile, or the sender has gone
                return
            raw, more = raw + message["body"], message["more_body"]
        reply, _ = await self._threads.run(partial(self._reception.answer, replace(request, raw=raw)))
        await _send(send, reply)


async def _send(send: Send, reply: Reply) -> None:
    headers = [(b"content-type", reply.content_type.encode())]
    if reply.status != HTTPStatus.NO_CONTENT:
        headers.append((b"content-length", b"%d" % len(reply.body)))
    if reply.allow:
        headers.append((b"allow", reply.allow.encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})
