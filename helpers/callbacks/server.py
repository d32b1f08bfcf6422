"""Web server of the listener: uvicorn on a thread of its own, and a further thread for each request.

Its start costs a kernel that runs the emulator 5 ms and 0.4 MB, one that is live 50 ms and 4.5 MB, once.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import TypeVar

from starlette.types import Receive, Scope, Send

from helpers.callbacks.listener_protocol import ListenerProtocol
from helpers.callbacks.message import Reply, Request
from helpers.callbacks.reception import Reception
from helpers.emulator.web.limited_protocol import Limits
from helpers.emulator.web.server_thread import ServerThread, bind, configure

__all__ = ["Server"]

T = TypeVar("T")


class Server:
    """Web server of one listener, on loopback only; it answers from the start until :meth:`stop`.

    Args:
        port: 0 takes a free one.
        patience_seconds: how long one request may take to arrive, and a connection may stay idle.

    Raises:
        OSError, OverflowError: the port cannot be had.
    """

    def __init__(self, port: int, reception: Reception, patience_seconds: float) -> None:
        self._reception = reception
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
        """End every connection, and the thread."""
        self._thread.finish()

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        request: Request = scope["state"]["request"]
        raw, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":  # refused meanwhile, or the sender has gone
                return
            raw, more = raw + message["body"], message["more_body"]
        reply, _ = await _on_thread(partial(self._reception.answer, replace(request, raw=raw)))
        await _send(send, reply)


async def _on_thread(work: Callable[[], T]) -> T:
    """Return ``work()``, done on a daemon thread: a decision function without end must not keep the kernel alive."""
    done = Future[T]()
    done.set_running_or_notify_cancel()  # otherwise a server that stops would cancel it, and ``set_result`` raise

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=run, name="callback", daemon=True).start()
    return await asyncio.wrap_future(done)


async def _send(send: Send, reply: Reply) -> None:
    headers = [(b"content-type", reply.content_type.encode())]
    if reply.status != HTTPStatus.NO_CONTENT:
        headers.append((b"content-length", b"%d" % len(reply.body)))
    if reply.allow:
        headers.append((b"allow", reply.allow.encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})
