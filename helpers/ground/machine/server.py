"""Web server of the listener: uvicorn on a thread of its own, and other threads that answer.

The first start takes 5 ms and 0.4 MB in a kernel that runs the emulator, 50 ms and 4.5 MB in a live one.
"""

from __future__ import annotations

import errno
from dataclasses import replace
from functools import partial

from starlette.types import Receive, Scope, Send

from helpers.emulator.server.web.limited_protocol import Limits
from helpers.emulator.server.web.server_thread import ServerThread, bind, configure
from helpers.errors.listener_errors import CannotListen, PortTaken
from helpers.ground.ground import Receiver
from helpers.ground.machine.answering_threads import AnsweringThreads
from helpers.ground.machine.listener_protocol import ListenerProtocol
from helpers.ground.message import Reply, Request, encode_headers

__all__ = ["Server", "open_server"]

_TAKEN = {errno.EACCES, errno.EADDRINUSE}
"""Errors of a port that is in use, or that the system reserves."""


def open_server(port: int, receiver: Receiver, patience_seconds: float) -> Server:
    """Return a running server, as :meth:`.Ground.open_door` explains."""
    try:
        return Server(port, receiver, patience_seconds)
    except OverflowError:
        raise PortTaken(port) from None
    except OSError as error:
        raise PortTaken(port) if error.errno in _TAKEN else CannotListen(port, error.strerror or str(error)) from None


class Server:
    """Web server of one listener, on loopback only; it answers from its creation until ``close``.

    Args:
        port: 0 picks a free one.
        patience_seconds: time limit for one request to arrive, and for an idle connection.

    Raises:
        OSError, OverflowError: the port isn't free, or isn't a port.
    """

    def __init__(self, port: int, receiver: Receiver, patience_seconds: float) -> None:
        self._receiver = receiver
        self._threads = AnsweringThreads()
        listening = bind("127.0.0.1", port)
        self.port = int(listening.getsockname()[1])
        limits = Limits(head=patience_seconds, request=patience_seconds, linger=patience_seconds)
        config = configure(
            self._app,
            partial(ListenerProtocol, receiver, self._threads, limits),
            keep_alive_seconds=patience_seconds,
            lifespan="off",
            headers=[("server", receiver.server_name)] if receiver.server_name else [],
        )
        self._thread = ServerThread(config, listening, name="callback listener", last_answers_seconds=0)
        self._thread.begin()

    def close(self) -> None:
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
        reply, _ = await self._threads.run(partial(self._receiver.answer, replace(request, raw=raw)))
        await _send(send, reply)


async def _send(send: Send, reply: Reply) -> None:
    await send({"type": "http.response.start", "status": reply.status, "headers": encode_headers(reply)})
    await send({"type": "http.response.body", "body": reply.body})
