"""The emulator on a thread of this process, reached over HTTP like any other server."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self, TypeVar, cast

import msgspec

from ..callbacks.faults import Fault
from ..clock import Millis
from ..emulator import Emulator
from ..engine.model.changes import Alert
from ..guard import is_loopback
from ..masking import masked
from ..settling import Home
from ..store.callback_log import DeliveryEntry
from ..web.server_thread import ServerThread
from .application import ServerApplication
from .factory import Configuration, assemble
from .host_guard import Log, guard_for
from .serving import bind, name_in_url, serve

__all__ = ["RunningEmulator", "start"]

T = TypeVar("T")

_ALL = 1_000_000
"""More lines than a log keeps."""


class RunningEmulator:
    """An emulator that answers at ``url`` until :meth:`stop`; also a context manager.

    ``emulator`` belongs to the server's thread: look into it with :meth:`call`.

    Raises:
        EmulatorGone: something is asked of it after :meth:`stop`, or is not over before.
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
        queue = self._service.queue
        return not queue.outstanding or self._await(queue.settled())

    def settle_at_home(self) -> None:
        """Wait as :meth:`settle` does, but only on the thread that started the emulator, which answers no callback."""
        if self._home.is_here():
            self.settle()

    def reset(self) -> None:
        """Forget everything: state, history, logs and faults; clock (as it was started) and SIDs begin again."""
        self.settle_at_home()
        self._await(self._service.controls.reset())

    # -- worlds --------------------------------------------------------------------------------

    def seed(self, document: Mapping[str, Any]) -> list[str]:
        """Make the Workspaces of a seed document, as the module ``seed_file`` shows one; returns their SIDs.

        Those whose name exists stay as they are, and are not among them.

        Raises:
            Invalid: it is no seed document, or TaskRouter would refuse a part of it.
        """
        return self._await(self._service.controls.seed(msgspec.json.encode(document)))

    def snapshot(self, *, events: bool = False) -> dict[str, Any]:
        """Everything as one document of plain values, for :meth:`restore`; with ``events`` the history, too."""
        return self.look(lambda emulator: msgspec.to_builtins(self._service.controls.snapshot(events=events)))

    def restore(self, document: Mapping[str, Any]) -> None:
        """Go back to a snapshot, clock and SIDs included; what happened since is forgotten.

        Raises:
            Invalid: it cannot be restored; nothing has changed.
        """
        self.settle_at_home()
        self._await(self._service.controls.restore(msgspec.json.encode(document)))

    # -- callbacks -----------------------------------------------------------------------------

    def deliveries(self, workspace_sid: str | None = None, *, after: int = 0) -> list[DeliveryEntry]:
        """Each callback that was sent, with its attempts and what was answered, oldest first.

        Args:
            workspace_sid: leave out for those of all Workspaces.
            after: only those with a higher ``number``.
        """
        found = self.look(lambda emulator: emulator.store.deliveries(workspace_sid, after_number=after, limit=_ALL))
        return _discreet(found, list[DeliveryEntry])

    def replay(self, number: int) -> DeliveryEntry:
        """Send the callback with this ``number`` of :meth:`deliveries` again; returns what became of it.

        Raises:
            NotFound: there is none.
        """
        return _discreet(self._await(self._service.controls.replay(number)), DeliveryEntry)

    def alerts(self, workspace_sid: str | None = None, *, after: int = 0) -> list[Alert]:
        """Lines that Twilio's debugger would show, oldest first; arguments as for :meth:`deliveries`."""
        found = self.look(lambda emulator: emulator.store.alerts(workspace_sid, after_number=after, limit=_ALL))
        return _discreet(found, list[Alert])

    def add_fault(
        self, fault: str, *, kind: str = "any", times: int = 1, seconds: float = 0.0, status: int = 500
    ) -> None:
        """Ask for trouble with the next callbacks, or with the next requests to the API.

        Args:
            fault: ``slow`` (by ``seconds``), ``fail`` (with ``status``), ``duplicate`` or ``reorder`` a callback;
                ``busy`` answers a request to the API with 429.
            kind: of callbacks: ``assignment``, ``event``, ``status`` or ``any``.
            times: how often it strikes.

        Raises:
            Invalid: a value is none of those that count.
        """
        asked = Fault(fault=fault, kind=kind, times=times, seconds=seconds, status=status)
        self.call(lambda emulator: self._service.controls.faults.add(asked))

    def faults(self) -> list[Fault]:
        """What was asked for and has not happened yet."""
        return self.look(lambda emulator: list(self._service.controls.faults.pending))

    def clear_faults(self) -> None:
        """Call off what has not happened yet."""
        self.call(lambda emulator: self._service.controls.faults.pending.clear())

    # -- the server ----------------------------------------------------------------------------

    def call(self, function: Callable[[Emulator], T]) -> T:
        """``function(emulator)``, run between two requests."""

        async def run() -> T:
            self.emulator.keep()  # nobody sees what is not kept
            return function(self.emulator)

        return self._await(run())

    def look(self, function: Callable[[Emulator], T]) -> T:
        """``function(emulator)``, when the callbacks caused so far are answered: what became of them belongs to it."""
        self.settle_at_home()
        return self.call(function)

    def watch(self, watcher: Callable[[], object]) -> None:
        """Call ``watcher`` after every change from now on, in the server's thread: it must return at once."""
        self._service.watch(watcher)

    def stop(self) -> None:
        """Answer what has begun, give port and file free, and end the thread; a second time does nothing."""
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
    with ExitStack() as undone:
        listening = bind(host, port)
        undone.callback(listening.close)
        emulator = assemble(wanted)
        undone.callback(emulator.store.close)
        is_open = not is_loopback(listening.getsockname()[0])
        service = ServerApplication(
            emulator,
            clock,
            guard=guard_for(host, allow_hosts, is_open=is_open),
            asks_password=is_open,
            allow_remote_callbacks=allow_remote_callbacks,
            log=log,
        )
        server = serve(service, listening, certificate)
        try:
            server.begin()
        except SystemExit:
            assert service.failure is not None
            raise service.failure from None
        undone.pop_all()  # it runs; from now on the thread closes them
    scheme, port = "https" if certificate else "http", listening.getsockname()[1]
    return RunningEmulator(server, service, f"{scheme}://{name_in_url(host)}:{port}")


def _discreet(found: T, kind: Any) -> T:
    """``found``, which is of this kind, with ``***`` for user and password in URLs."""
    return cast(T, msgspec.json.decode(masked(msgspec.json.encode(found).decode()), type=kind))
