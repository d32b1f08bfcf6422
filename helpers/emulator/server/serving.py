"""How a service is served: a socket, and uvicorn on a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import uvicorn

from .application import Service
from .factory import BadStart
from .request_limits import HeadProtocol

__all__ = ["ServerThread", "bind", "name_in_url"]

T = TypeVar("T")

_KEEP_ALIVE_SECONDS = 3600
"""A learner reads for minutes between two cells; the SDK's connection should still be there afterwards."""

_LAST_ANSWERS_SECONDS = 2.0
_STOP_SECONDS = 10.0


class ServerThread(uvicorn.Server):
    """uvicorn's server on a thread of its own, woken by events rather than ten times a second.

    Args:
        service: the application.
        listening: where it listens; closed with it.
        certificate: files of the certificate chain and its key, for https.
    """

    loop: asyncio.AbstractEventLoop

    def __init__(
        self, service: Service, listening: socket.socket, certificate: tuple[Path, Path] | None = None
    ) -> None:
        super().__init__(_config(service, certificate))
        self._service = service
        self._listening = listening
        self._ready = threading.Event()
        self._end = asyncio.Event()
        self._is_ending = False
        self._door = threading.Lock()
        """Nobody gets in once the end has begun: a loop that is closed leaves whoever waits for it waiting for ever."""
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="TaskRouter emulator", daemon=True)

    def begin(self) -> None:
        """Start the thread and wait until requests are answered."""
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            self._thread.join()
            raise self._failure

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run ``coroutine`` on the thread; what is returned is cancelled if the server ends before it."""
        with self._door:
            if not self._is_ending:
                return asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        coroutine.close()
        ended = Future[T]()
        ended.cancel()
        return ended

    def finish(self) -> None:
        """End the thread."""
        with self._door:
            if not self._is_ending:
                self._is_ending = True
                self.loop.call_soon_threadsafe(self._end.set)
        self._thread.join(_STOP_SECONDS)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self._ready.set()

    async def main_loop(self) -> None:
        while not self._end.is_set():
            await self.on_tick(0)  # renews the Date header
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._end.wait()
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, which sleeps for a tenth of a second at least: end as soon as no answer is under way."""
        for closing in (*self.servers, *(sockets or ())):
            closing.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LAST_ANSWERS_SECONDS):
                while state.connections or state.tasks:
                    await asyncio.sleep(0.001)
        for task in state.tasks:
            task.cancel()
        await self.lifespan.shutdown()

    def _work(self) -> None:
        try:
            self.run(sockets=[self._listening])
        except SystemExit:  # uvicorn's word for an application that could not start
            self._failure = self._service.failure
        except BaseException as failure:
            self._failure = failure
        finally:
            self._ready.set()


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to ``host``; ``port`` 0 takes a free one.

    Raises:
        BadStart: the port is taken, or there is no such address.
    """
    if not host:
        raise BadStart("host", "The host is empty. Give an address, such as 127.0.0.1, or leave it out.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there the option would let two servers share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.setblocking(False)
    except socket.gaierror as error:
        listening.close()
        raise BadStart(
            "host", f"No address is known for {host}: {error.strerror}. Give one of this machine."
        ) from error
    except (OSError, OverflowError) as error:
        listening.close()
        reason = (getattr(error, "strerror", None) or str(error)).rstrip(".")
        raise BadStart(
            "port", f"Port {port} on {host} cannot be used: {reason}. Choose another one, or 0 for any that is free."
        ) from error
    return listening


def name_in_url(host: str) -> str:
    """As what a bound address is called from this machine."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{reachable}]" if ":" in reachable else reachable


def _config(service: Service, certificate: tuple[Path, Path] | None) -> uvicorn.Config:
    chain, key = certificate or (None, None)
    return uvicorn.Config(
        service,
        http=HeadProtocol,
        lifespan="on",
        ws="none",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        ssl_certfile=chain,
        ssl_keyfile=key,
    )
