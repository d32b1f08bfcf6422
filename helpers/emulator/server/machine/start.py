"""Start of an emulator on a thread of this process, reached over HTTP like any other server."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ...callbacks.transport import HttpTransport
from ...guard import is_loopback
from ..clock_setting import ClockSetting
from ..factory import Configuration, assemble
from ..host_guard import Log, guard_for
from ..running import HasEnded, RunningEmulator
from ..web.server_thread import ServerThread
from .application import ServerApplication
from .serving import bind, name_in_url, own_names, serve

if TYPE_CHECKING:
    from ..administration.world_file import WorldFile

__all__ = ["start"]

T = TypeVar("T")


def start(
    *,
    clock: str = "paused",
    step: float = 1,
    seed: str | None = None,
    data: Path | str | None = None,
    load: Path | str | WorldFile | None = None,
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
        clock: ``real`` follows the machine's clock. The others stand still, but for the step of each write: ``paused``
            begins now, ``lesson`` at the lessons' own start, an ISO 8601 time such as ``2026-03-02T09:00:00Z`` then.
        step: time in seconds that each write takes while the clock stands still.
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
        clock=ClockSetting(clock, step),
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
        application = ServerApplication(
            emulator,
            wanted.clock,
            guard=guard_for(host, also_known_as, own_names() if is_open else (), is_open=is_open),
            transport=HttpTransport(allow_remote=allow_remote_callbacks),
            asks_password=is_open,
            log=log,
            world=world,
        )
        server = serve(application, listening, certificate)
        try:
            server.begin()
        except SystemExit:
            assert application.failure is not None
            raise application.failure from None
        undone.pop_all()  # it runs: from now on the thread closes them
    scheme, port = "https" if certificate else "http", listening.getsockname()[1]
    url = f"{scheme}://{name_in_url(host)}:{port}"
    return RunningEmulator(application.service, _OnThread(server, application), url)


def _read_world(load: Path | str | WorldFile) -> WorldFile:
    from ..administration.world_file import WorldFile, read_world  # here, because few starts need it

    return load if isinstance(load, WorldFile) else read_world(load)


class _OnThread:
    """Runner on the server's thread."""

    def __init__(self, server: ServerThread, app: ServerApplication) -> None:
        self.app = app
        self._server = server

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run ``coroutine`` between two requests, and return its result.

        Raises:
            HasEnded: the server has.
        """
        try:
            return self._server.submit(coroutine).result()
        except CancelledError:
            raise HasEnded from None

    def stop(self) -> None:
        """Stop the server and wait for its thread."""
        self._server.finish()
