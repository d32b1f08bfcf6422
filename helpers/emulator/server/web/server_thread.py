"""uvicorn server on a thread of its own, its socket and its settings."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

import uvicorn
from starlette.types import ASGIApp

__all__ = ["ServerThread", "bind", "configure"]

T = TypeVar("T")

_STOP_SECONDS = 10.0


class ServerThread(uvicorn.Server):
    """uvicorn's server on a daemon thread, woken by events rather than ten times a second.

    Args:
        config: the result of ``configure``.
        listening: socket to listen at, which the server closes.
        name: name of the thread.
        last_answers_seconds: time limit for unfinished responses at the end.
    """

    loop: asyncio.AbstractEventLoop

    def __init__(
        self, config: uvicorn.Config, listening: socket.socket, *, name: str, last_answers_seconds: float
    ) -> None:
        super().__init__(config)
        self._listening = listening
        self._last_answers_seconds = last_answers_seconds
        self._ready = threading.Event()
        self._end = asyncio.Event()
        self._is_ending = False
        self._door = threading.Lock()
        """Lock that keeps coroutines out once the end has begun: in a closed loop they would never finish."""
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def begin(self) -> None:
        """Start the thread and wait until requests are answered.

        Raises:
            SystemExit: the application could not start (raised by uvicorn).
        """
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            self._thread.join()
            self._listening.close()
            raise self._failure

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run ``coroutine`` on the thread and return its future, which is cancelled if the server has ended."""
        with self._door:
            if not self._is_ending:
                return asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        coroutine.close()
        ended = Future[T]()
        ended.cancel()
        return ended

    def finish(self) -> None:
        """Stop the server and wait for the thread, ten seconds at most."""
        with self._door:
            if not self._is_ending:
                self._is_ending = True
                self.loop.call_soon_threadsafe(self._end.set)
        self._thread.join(_STOP_SECONDS)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.lifespan.should_exit:
            raise SystemExit  # as a newer uvicorn does by itself
        self._ready.set()

    async def main_loop(self) -> None:
        while not self._end.is_set():
            await self.on_tick(0)  # renews the Date header
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._end.wait()
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Shut down as soon as no response is unfinished; uvicorn's own method sleeps a tenth of a second or more."""
        for closing in (*self.servers, *(sockets or ())):
            closing.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._last_answers_seconds):
                while state.connections or state.tasks:
                    await asyncio.sleep(0.001)
        for task in state.tasks:
            task.cancel()
        await self.lifespan.shutdown()

    def _work(self) -> None:
        try:
            self.run(sockets=[self._listening])
        except BaseException as failure:
            self._failure = failure
        finally:
            self._ready.set()


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to ``host``; ``port`` 0 picks a free one.

    Raises:
        OSError, OverflowError: the port is in use or isn't one, or there is no such address.
    """
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # on Windows the option would let two servers share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.setblocking(False)
    except BaseException:
        listening.close()
        raise
    return listening


def configure(
    app: ASGIApp, protocol: Any, *, keep_alive_seconds: float, sockets: Any = "none", **more: Any
) -> uvicorn.Config:
    """Return uvicorn's settings for an application that speaks ``protocol`` and prints nothing.

    Args:
        protocol: a subclass of ``LimitedProtocol``, or a function that makes one.
        keep_alive_seconds: time limit of an idle connection.
        sockets: protocol of WebSockets, or a function that makes one; without it there are none.
        more: other settings of ``uvicorn.Config``.
    """
    return uvicorn.Config(
        app,
        http=protocol,
        interface="asgi3",
        ws=sockets,
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=keep_alive_seconds,  # type: ignore[arg-type]  # goes to call_later, which takes any number
        **more,
    )
