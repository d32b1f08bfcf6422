"""The emulator on a thread of this process, reached over HTTP like any other server."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

import uvicorn

from helpers.emulator.clock import Millis
from helpers.emulator.emulator import Emulator
from helpers.emulator.guard import is_loopback
from helpers.emulator.server.assembly import BadStart, Configuration, assemble
from helpers.emulator.server.gate import Log, guard_for
from helpers.emulator.server.heads import HeadProtocol
from helpers.emulator.server.service import Service
from helpers.emulator.settling import Home

__all__ = ["RunningEmulator", "name_in_url", "start"]

T = TypeVar("T")

_KEEP_ALIVE_SECONDS = 3600
"""A learner reads for minutes between two cells; the SDK's connection should still be there afterwards."""

_STOP_SECONDS = 10.0


class RunningEmulator:
    """An emulator that answers at ``url`` until :meth:`stop`; also a context manager.

    ``emulator`` belongs to the server's thread: look into it with :meth:`call`.
    """

    def __init__(self, server: _Server, service: Service, url: str) -> None:
        self.url = url
        self.emulator: Emulator = service.emulator
        account = next(iter(self.emulator.accounts.values()))
        self.account_sid = account.sid
        self.auth_token = account.auth_token
        self._server = server
        self._service = service
        self._home = Home()

    def __repr__(self) -> str:
        return f"RunningEmulator({self.url!r}, account_sid={self.account_sid!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def advance(self, seconds: float) -> Millis:
        """Move the clock on by ``seconds``, with everything that happens meanwhile; returns the new time.

        Raises:
            Invalid: ``seconds`` is negative, not finite, or more than ten years.
        """
        return self._await(self._service.controls.advance(seconds, patient=self._home.is_here()))

    def pause(self) -> Millis:
        """Let time stand still from here on: each write takes a second, :meth:`advance` moves it; returns the time."""
        return self.call(lambda emulator: self._service.controls.pause())

    def run(self) -> Millis:
        """Let time pass from here on as it does on the wall; returns the time, which the clock goes on from."""
        return self.call(lambda emulator: self._service.controls.run())

    def settle(self) -> bool:
        """Wait until the callbacks caused so far have been answered; False if that takes longer than six seconds.

        Never call it while you answer a callback yourself: it would wait for you.
        """
        if not self._service.outstanding or self._server.loop.is_closed():
            return not self._service.outstanding
        return self._await(self._service.settle())

    def settle_at_home(self) -> None:
        """Wait as :meth:`settle` does, but only on the thread that started the emulator, which answers no callback."""
        if self._home.is_here():
            self.settle()

    def reset(self) -> None:
        """Forget everything: state, history, logs and faults; clock (as it was started) and SIDs begin again."""
        self.settle_at_home()
        self._await(self._service.controls.reset())

    def call(self, function: Callable[[Emulator], T]) -> T:
        """``function(emulator)``, run between two requests."""

        async def run() -> T:
            self.emulator.keep()  # nobody sees what is not kept
            return function(self.emulator)

        return self._await(run())

    def watch(self, watcher: Callable[[], object]) -> None:
        """Call ``watcher`` after every change from now on, in the server's thread: it must return at once."""
        self._service.watch(watcher)

    def stop(self) -> None:
        """Answer what has begun, give port and file free, and end the thread; a second time does nothing."""
        self._server.finish()

    def _await(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._server.loop).result()


def start(
    *,
    clock: str = "paused",
    seed: str | None = None,
    data: Path | None = None,
    port: int = 0,
    account_sid: str | None = None,
    auth_token: str | None = None,
    api_keys: Mapping[str, str] | None = None,
    accounts: Mapping[str, str] | None = None,
    host: str = "127.0.0.1",
    allow_hosts: Sequence[str] = (),
    allow_remote_callbacks: bool = False,
    certificate: tuple[Path, Path] | None = None,
    log: Log | None = None,
    remembers: bool = False,
) -> RunningEmulator:
    """Start an emulator on a daemon thread and return when it answers.

    Args:
        clock: ``real`` runs with the wall. The others stand still, and each write takes a second: ``paused`` begins
            now, ``lesson`` on the lessons' own morning, an ISO 8601 time such as ``2026-03-02T09:00:00Z`` then.
        seed: makes SIDs the same on every run; without it they are random.
        data: the directory that holds the SQLite file; without it nothing outlives the process.
        port: 0 takes a free one.
        account_sid: as ``auth_token``, kept with the data, and made up where neither is known.
        api_keys: secrets by API key SID.
        accounts: Auth Tokens of further accounts by Account SID.
        host: the address to bind; anything but loopback opens the emulator to the network, and its own routes then
            ask for an account's password.
        allow_hosts: further names that requests may call this server by.
        allow_remote_callbacks: let callbacks leave the machine.
        certificate: files of the certificate chain and its key, for https.
        log: takes each finished request as a dict; called on the server's thread.
        remembers: keep a history, which :class:`.past.Past` reads.

    Raises:
        BadStart: a setting cannot be used, or the port is taken.
        StoreRefused: the file is in use, damaged, of another version, or not ours.
    """
    wanted = Configuration(
        clock=clock,
        seed=seed,
        data=data,
        account_sid=account_sid,
        auth_token=auth_token,
        api_keys=api_keys or {},
        accounts=accounts or {},
        remembers=remembers,
    )
    listening = _bind(host, port)
    try:
        emulator = assemble(wanted)
        is_open = not is_loopback(listening.getsockname()[0])
        service = Service(
            emulator,
            clock,
            guard=guard_for(host, allow_hosts, is_open=is_open),
            asks_password=is_open,
            allow_remote_callbacks=allow_remote_callbacks,
            log=log,
        )
        server = _Server(service, _config(service, certificate), listening)
        server.begin()
    except BaseException:
        listening.close()
        raise
    scheme, port = "https" if certificate else "http", listening.getsockname()[1]
    return RunningEmulator(server, service, f"{scheme}://{name_in_url(host)}:{port}")


class _Server(uvicorn.Server):
    """uvicorn's server on a thread of its own, woken by events rather than ten times a second."""

    loop: asyncio.AbstractEventLoop

    def __init__(self, service: Service, config: uvicorn.Config, listening: socket.socket) -> None:
        super().__init__(config)
        self._service = service
        self._listening = listening
        self._ready = threading.Event()
        self._end = asyncio.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="TaskRouter emulator", daemon=True)

    def begin(self) -> None:
        """Start the thread and wait until requests are answered."""
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            self._thread.join()
            raise self._failure

    def finish(self) -> None:
        """End the thread."""
        with contextlib.suppress(RuntimeError):  # the loop is closed already
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

    def _work(self) -> None:
        try:
            self.run(sockets=[self._listening])
        except SystemExit:  # uvicorn's word for an application that could not start
            self._failure = self._service.failure
        except BaseException as failure:
            self._failure = failure
        finally:
            self._ready.set()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there the option would let two servers share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.setblocking(False)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
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
        timeout_graceful_shutdown=2,
        ssl_certfile=chain,
        ssl_keyfile=key,
    )
