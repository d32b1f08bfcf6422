"""Emulator on a thread of this process, reached over HTTP like any other server."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import msgspec

from ..callbacks.faults import Fault
from ..clock import Millis
from ..emulator import Emulator
from ..engine.model.changes import Alert
from ..guard import is_loopback
from ..masking import mask
from ..settling import Home
from ..store.callback_log import DeliveryEntry
from ..web.server_thread import ServerThread
from .application import ServerApplication
from .factory import Configuration, assemble
from .host_guard import Log, guard_for
from .serving import bind, name_in_url, serve

if TYPE_CHECKING:
    from .administration.world_file import WorldFile

__all__ = ["RunningEmulator", "start"]

T = TypeVar("T")

_ALL = 1_000_000
"""Number of lines larger than any log."""


class RunningEmulator:
    """Running emulator that answers at ``url`` until :meth:`stop`; also a context manager.

    ``emulator`` belongs to the server's thread: use it with :meth:`call`.

    Raises:
        EmulatorGone: a method is called after :meth:`stop`, or hasn't finished before.
    """

    def __init__(self, server: ServerThread, service: ServerApplication, url: str) -> None:
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
        """Advance the clock by ``seconds``, firing timers on the way, and return the new time.

        Raises:
            Invalid: ``seconds`` is negative, not finite, or more than ten years.
        """
        return self._await(self._service.controls.advance(seconds, patient=self._home.is_here()))

    def pause(self) -> Millis:
        """Pause the clock and return its time; from now on only writes, a second each, and :meth:`advance` move it."""
        return self.call(lambda emulator: self._service.controls.pause())

    def run(self) -> Millis:
        """Let the clock run from its present time, and return that."""
        return self.call(lambda emulator: self._service.controls.run())

    def settle(self) -> bool:
        """Wait until the callbacks caused so far have been answered; return False if it takes longer than six seconds.

        Don't call it while you answer a callback yourself: it would wait for you.
        """
        queue = self._service.queue
        return not queue.outstanding or self._await(queue.settle())

    def settle_at_home(self) -> None:
        """Wait as :meth:`settle` does, but only on the thread that started the emulator."""
        if self._home.is_here():
            self.settle()

    def reset(self) -> None:
        """Delete all state, history, logs and faults; the clock, as it was started, and SIDs begin again."""
        self.settle_at_home()
        self._await(self._service.controls.reset())

    # -- state ---------------------------------------------------------------------------------

    def seed(self, document: Mapping[str, Any]) -> list[str]:
        """Create the Workspaces of a seed document (``seed_file`` shows one), and return their SIDs.

        Those whose name exists are left alone and not returned.

        Raises:
            Invalid: it is no seed document, or TaskRouter would refuse a part of it.
        """
        return self._await(self._service.controls.seed(msgspec.json.encode(document)))

    def snapshot(self, *, events: bool = False) -> dict[str, Any]:
        """Return the state as one document of plain values, for :meth:`restore`; with ``events`` the events, too."""
        return self.look(lambda emulator: msgspec.to_builtins(self._service.controls.snapshot(events=events)))

    def restore(self, document: Mapping[str, Any]) -> None:
        """Replace the state by a snapshot, clock and SIDs included.

        Raises:
            Invalid: it cannot be restored; nothing has changed.
        """
        self.settle_at_home()
        self._await(self._service.controls.restore(msgspec.json.encode(document)))

    # -- callbacks -----------------------------------------------------------------------------

    def deliveries(self, workspace_sid: str | None = None, *, after: int = 0) -> list[DeliveryEntry]:
        """Return the callbacks that were sent, with attempts and replies, oldest first.

        Args:
            workspace_sid: only those of this Workspace; without it, those of all.
            after: only those with a higher ``number``.
        """
        found = self.look(lambda emulator: emulator.store.deliveries(workspace_sid, after_number=after, limit=_ALL))
        return _mask(found, list[DeliveryEntry])

    def replay(self, number: int) -> DeliveryEntry:
        """Send the callback with this ``number`` in :meth:`deliveries` again, and return the new log entry.

        Raises:
            NotFound: there is no such callback.
        """
        return _mask(self._await(self._service.controls.replay(number)), DeliveryEntry)

    def alerts(self, workspace_sid: str | None = None, *, after: int = 0) -> list[Alert]:
        """Return the lines that Twilio's debugger would show, oldest first; arguments as for :meth:`deliveries`."""
        found = self.look(lambda emulator: emulator.store.alerts(workspace_sid, after_number=after, limit=_ALL))
        return _mask(found, list[Alert])

    def add_fault(
        self, fault: str, *, kind: str = "any", times: int = 1, seconds: float = 0.0, status: int = 500
    ) -> None:
        """Add a fault to the next callbacks, or to the next requests to the API.

        Args:
            fault: ``slow`` (by ``seconds``), ``fail`` (with ``status``), ``duplicate`` or ``reorder`` a callback;
                ``busy`` answers a request to the API with 429.
            kind: of callbacks: ``assignment``, ``event``, ``status`` or ``any``.
            times: number of callbacks or requests that it happens to.

        Raises:
            Invalid: a value is not one of the allowed ones.
        """
        asked = Fault(fault=fault, kind=kind, times=times, seconds=seconds, status=status)
        self.call(lambda emulator: self._service.controls.faults.add(asked))

    def faults(self) -> list[Fault]:
        """Return the faults that haven't happened yet."""
        return self.look(lambda emulator: list(self._service.controls.faults.pending))

    def clear_faults(self) -> None:
        """Remove the faults that haven't happened yet."""
        self.call(lambda emulator: self._service.controls.faults.pending.clear())

    # -- the server ----------------------------------------------------------------------------

    def call(self, function: Callable[[Emulator], T]) -> T:
        """Return ``function(emulator)``, run between two requests."""

        async def run() -> T:
            self.emulator.keep()  # it must not see what isn't stored yet
            return function(self.emulator)

        return self._await(run())

    def look(self, function: Callable[[Emulator], T]) -> T:
        """Return ``function(emulator)``, run after the callbacks caused so far have been answered."""
        self.settle_at_home()
        return self.call(function)

    def watch(self, watcher: Callable[[], object]) -> None:
        """Call ``watcher`` after every change from now on, in the server's thread. It must return at once."""
        self._service.watch(watcher)

    def stop(self) -> None:
        """Answer open requests, release port and file, and end the thread; a second call does nothing."""
        self._server.finish()

    def _await(self, coroutine: Coroutine[Any, Any, T]) -> T:
        try:
            return self._server.submit(coroutine).result()
        except CancelledError:
            from ..sdk.http_client import EmulatorGone  # here, because a server must start without the SDK

            raise EmulatorGone(self.url) from None


def start(
    *,
    clock: str = "paused",
    seed: str | None = None,
    data: Path | str | None = None,
    load: Path | str | None = None,
    port: int = 0,
    account_sid: str | None = None,
    auth_token: str | None = None,
    api_keys: Mapping[str, str] | None = None,
    accounts: Mapping[str, str] | None = None,
    host: str = "127.0.0.1",
    also_known_as: Sequence[str] = (),
    allow_remote_callbacks: bool = False,
    certificate: tuple[Path, Path] | None = None,
    log: Log | None = None,
    remembers: bool = False,
) -> RunningEmulator:
    """Start an emulator on a daemon thread and return when it answers.

    Args:
        clock: ``real`` follows the machine's clock. The others stand still, and each write takes a second: ``paused``
            begins now, ``lesson`` at the lessons' own start, an ISO 8601 time such as ``2026-03-02T09:00:00Z`` then.
        seed: makes SIDs the same on every run; without it they are random.
        data: directory of the SQLite file; without it nothing outlives the process.
        load: file with a seed document or a snapshot, in JSON or YAML, which is there before the first request;
            Workspaces whose name exists stay as they are, and a snapshot is restored only if there are none.
        port: 0 takes a free one.
        account_sid: kept with the data, as is ``auth_token``; each is generated if neither given nor kept.
        api_keys: secrets by API key SID.
        accounts: Auth Tokens of further accounts by Account SID.
        host: address to bind; any but loopback opens the emulator to the network, and its own routes then ask for an
            account's password.
        also_known_as: host names by which clients call this server, taskrouter.twilio.com for instance.
        allow_remote_callbacks: let callbacks leave the machine.
        certificate: files of the certificate chain and its key, for https.
        log: called with each finished request as a dict, on the server's thread.
        remembers: keep a history for time travel, which :class:`.past.Past` reads.

    Raises:
        BadStart: a setting cannot be used, a world cannot be loaded, or the port is taken.
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
    world = None if load is None else _read_world(load)
    with ExitStack() as undone:
        listening = bind(host, port)
        undone.callback(listening.close)
        emulator = assemble(wanted)
        undone.callback(emulator.store.close)
        is_open = not is_loopback(listening.getsockname()[0])
        service = ServerApplication(
            emulator,
            clock,
            guard=guard_for(host, also_known_as, is_open=is_open),
            asks_password=is_open,
            allow_remote_callbacks=allow_remote_callbacks,
            log=log,
            world=world,
        )
        server = serve(service, listening, certificate)
        try:
            server.begin()
        except SystemExit:
            assert service.failure is not None
            raise service.failure from None
        undone.pop_all()  # it runs: from now on the thread closes them
    scheme, port = "https" if certificate else "http", listening.getsockname()[1]
    return RunningEmulator(server, service, f"{scheme}://{name_in_url(host)}:{port}")


def _read_world(load: Path | str) -> WorldFile:
    from .administration.world_file import read_world  # here, because few starts need it

    return read_world(load)


def _mask(found: T, kind: Any) -> T:
    """Return ``found``, which has the type ``kind``, with user and password in URLs masked."""
    return cast(T, msgspec.json.decode(mask(msgspec.json.encode(found).decode()), type=kind))
