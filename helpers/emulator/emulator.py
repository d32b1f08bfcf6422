"""Embedded TaskRouter: it runs one command at a time, and commits each before it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec

from .clock import Clock, Millis
from .emulator_errors import StoreFailed, StoreRefused
from .engine.commands.deadlines import pass_deadline, watch_clock
from .engine.model.changes import Alert, Callback, Changes
from .engine.model.refusals import NotFound, Refused
from .engine.model.resources import Workspace
from .engine.routing.offers import settle
from .engine.state import WorkspaceState
from .engine.transaction import Command, Transaction
from .engine.world import World
from .history import Counters, History, HistoryEntry, saved_bodies
from .sids import SeededSids, Sids
from .store.group_commit import SharedCommit
from .store.store import Store

__all__ = ["Account", "Emulator", "Subscriber"]

P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A")

_Request = tuple[str, str | None, Command[Any]]
"""The account, the workspace where one is named, and the command."""

Answer = Callable[[WorkspaceState, T, Millis], A]
"""Function from the Workspace, a command's result and the time to the answer."""


Subscriber = Callable[[Command[Any], Changes], object]
"""Function called with each command that succeeded and its changes, which aren't committed yet."""


@dataclass(frozen=True)
class Account:
    """Account of a client: an Account SID with its Auth Token, and API keys with their secrets."""

    sid: str
    auth_token: str = field(repr=False)
    api_keys: dict[str, str] = field(default_factory=dict, repr=False)


class Emulator:
    """Engine, store and clock together, for one thread only.

    ``on_callbacks`` is called with the callbacks of each commit; the callback queue takes them. ``shares`` lets the
    requests in one iteration of the event loop share a commit. ``history`` records every command for time travel; None
    records nothing.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        sids: Sids,
        accounts: dict[str, Account],
        history: History | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.sids = sids
        self.accounts = accounts
        self.on_callbacks: Callable[[list[Callback]], None] = _ignore
        self.on_change: Callable[[], None] = _do_nothing
        self._subscribers: tuple[Subscriber, ...] = ()
        self.shares = False
        self._shared: SharedCommit | None = None
        self.history = history
        self._world: World | None = None
        store.on_failure = self._lost
        self.renew()

    # -- reading -------------------------------------------------------------------------------

    @property
    def world(self) -> World:
        """All Workspaces, as they were committed.

        Raises:
            StoreFailed: they must be loaded again, and the file cannot be read.
        """
        return self._go_back() if self._world is None else self._world

    def read(self, account_sid: str, workspace_sid: str) -> WorkspaceState:
        """Return a Workspace as it is now, after firing the timers that are due; the caller must not change it.

        Raises:
            NotFound: the account has no such Workspace.
        """
        self.pass_deadlines(self.clock.now())
        return self._state(account_sid, workspace_sid)

    def workspaces(self, account_sid: str) -> list[Workspace]:
        """Return the account's Workspaces in order of creation."""
        return self.world.of_account(account_sid)

    # -- writing -------------------------------------------------------------------------------

    def write(
        self,
        account_sid: str,
        workspace_sid: str | None,
        command: Callable[Concatenate[Transaction, P], T],
        /,
        *args: P.args,
        **arguments: P.kwargs,
    ) -> T:
        """Run one command of the engine, commit its changes and return its result.

        On a paused clock a write takes time. Timers that become due meanwhile fire after it, so that a refused command
        leaves everything as it was, clock and SIDs included.

        Args:
            workspace_sid: None for a command that creates a Workspace.

        Raises:
            Refused: Twilio would refuse it; nothing has changed.
            StoreFailed: it could not be stored; nothing has changed.
        """
        return self._write(account_sid, workspace_sid, Command(command, args, arguments), _result_itself)

    def write_shared(
        self,
        account_sid: str,
        workspace_sid: str | None,
        answer: Answer[T, A],
        command: Callable[Concatenate[Transaction, P], T],
        /,
        *args: P.args,
        **arguments: P.kwargs,
    ) -> A:
        """Run a command as :meth:`write` does, but perhaps commit it later: answer after :meth:`wait_until_kept`.

        While the clock stands still nothing is shared: one request and its consequences end before the next begins.

        Args:
            answer: called before routing.
        """
        whole = Command(command, args, arguments)
        if not self.shares or self.history is not None or not self.clock.is_running:
            return self._write(account_sid, workspace_sid, whole, answer)
        return self._run(self._begin(account_sid, workspace_sid, self.clock.now()), whole, answer, is_shared=True)

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call ``subscriber`` for each command from now on, where it runs, and return a function that ends this.

        If the commit fails, ``world`` is another object afterwards.
        """
        self._subscribers = (*self._subscribers, subscriber)

        def end() -> None:
            self._subscribers = tuple(each for each in self._subscribers if each is not subscriber)

        return end

    async def wait_until_kept(self) -> Exception | None:
        """Wait until all changes so far are committed, and return the exception if the shared commit failed."""
        return None if self._shared is None else await self._shared.outcome(self.keep)

    def keep(self) -> None:
        """Commit the shared changes now, and send their callbacks; a failure is for :meth:`wait_until_kept`."""
        if self._shared is None:
            return
        with suppress(StoreFailed):
            self.store.keep()
            shared, self._shared = self._shared, None
            shared.end()
            if shared.callbacks:
                self.on_callbacks(shared.callbacks)
            self.on_change()

    def alert(self, code: int, text: str, about: str, workspace_sid: str) -> None:
        """Add a line to the account's debugger. A paused clock doesn't move; on a full disk the line is lost."""
        at = self.clock.now()
        alert = Alert(code=code, text=text, resource_sid=about, workspace_sid=workspace_sid, at=at)
        with suppress(StoreFailed):
            self.store.commit(Changes(at=at, alerts=[alert]), {})

    # -- time ----------------------------------------------------------------------------------

    def next_deadline(self) -> Millis | None:
        """Return the time of the next timer; None if none is set."""
        first = self.world.timers.first()
        return None if first is None else first[0]

    def pass_deadlines(self, until: Millis) -> None:
        """Fire all timers that are due by ``until``, in order, each at its own time."""
        while self._pass_one(until):
            pass

    def advance_stepwise(self, seconds: float) -> Iterator[Millis]:
        """Advance the clock by ``seconds``, and yield the time of each timer after it has fired.

        Callbacks and requests can be handled in between. Iterate to the end; a reset ends it early.

        Raises:
            ValueError: ``seconds`` is negative, not finite, or more than ten years.
            StoreFailed: the new time could not be stored.
        """
        clock, end = self.clock, self.clock.after(seconds)
        while self.clock is clock and (due := self.next_deadline()) is not None and due <= end:
            self._pass_one(due)
            yield due
        if self.clock is clock and end > clock.now():
            self.store.commit(Changes(at=end), {"clock": str(end)})
            clock.at_least(end)

    # -- inside --------------------------------------------------------------------------------

    def renew(self) -> None:
        """Load the store's state in place of the present one, and begin a new history."""
        if self._shared is not None:  # its callbacks are about a state that is replaced
            self._shared.end()
            self._shared = None
        self.reload()
        if self.history is not None:
            records = (record for state in self.world.workspaces.values() for record in state.records())
            self.history.begin(records, self.clock.now(), self.counters())
        self.on_change()

    def counters(self) -> Counters:
        """Return the counts of records, events and SIDs so far."""
        sids = dict(self.sids.counts) if isinstance(self.sids, SeededSids) else {}
        return Counters(*self.world.numbers, sids)

    def reload(self) -> World:
        """Load the committed state into memory, and return it.

        Raises:
            StoreRefused: it cannot be read, or is inconsistent; the previous state is then gone, too.
        """
        self._world = None
        stored = self.store.load()
        committed_at = max(stored.last_event_ms, int(stored.meta.get("clock", "0")))
        self.clock.at_least(committed_at)
        try:
            world = World(stored.records, stored.last_event_number)
            for state in world.workspaces.values():
                watch_clock(world, state, committed_at)
        except (AttributeError, LookupError, TypeError, ValueError, Refused) as error:
            # Each record can be read, but perhaps one that others refer to is missing.
            raise self.store.refusal(f"Its records do not fit together: {error!r}.") from error
        if isinstance(self.sids, SeededSids):
            self.sids.counts = msgspec.json.decode(stored.meta.get("sids", "{}"))
        self._world = world
        return world

    def _go_back(self) -> World:
        """Undo all changes that were not committed."""
        try:
            return self.reload()
        except StoreRefused as refusal:
            raise StoreFailed(
                f"Nothing was stored or changed: the file was damaged while it was in use. {refusal.reason} "
                "Stop the emulator and restore a copy."
            ) from refusal

    def _write(self, account_sid: str, workspace_sid: str | None, command: Command[T], answer: Answer[T, A]) -> A:
        over = self.clock.after_write()
        response = self._run(self._begin(account_sid, workspace_sid, over), command, answer)
        with suppress(StoreFailed):  # what cannot be stored stays due
            self.pass_deadlines(over)
        self.clock.at_least(over)
        return response

    def _begin(self, account_sid: str, workspace_sid: str | None, over: Millis) -> Transaction:
        """Fire the timers that are due, and begin a write that will end at ``over``."""
        self.pass_deadlines(min(self.clock.now(), over))
        now = min(over, self.next_deadline() or over)
        state = None if workspace_sid is None else self._state(account_sid, workspace_sid)
        return Transaction(self.world, state, account_sid, now, self.sids)

    def _state(self, account_sid: str, workspace_sid: str) -> WorkspaceState:
        state = self.world.workspaces.get(workspace_sid)
        if state is None or state.workspace.account_sid != account_sid:
            raise NotFound(workspace_sid)
        return state

    def _pass_one(self, until: Millis) -> bool:
        first = self.world.timers.first()
        if first is None or first[0] > until:
            return False
        due, workspace_sid, sid = first
        state = self.world.workspaces[workspace_sid]
        transaction = Transaction(self.world, state, state.workspace.account_sid, due, self.sids)
        self._run(transaction, Command(pass_deadline, (sid,)), _result_itself)
        return True

    def _run(
        self, transaction: Transaction, command: Command[T], answer: Answer[T, A], *, is_shared: bool = False
    ) -> A:
        """Run a command, answer, and route; then commit all that, or leave it for the shared commit."""
        request = transaction.account_sid, transaction.workspace_sid, command
        try:
            result = command.run(transaction)
            response = answer(transaction.state, result, transaction.now)
            settle(transaction)
            watch_clock(self.world, transaction.state, transaction.now)
            self.store.note(transaction.changes, self._meta(transaction.changes))
            if not is_shared:
                self.store.keep()
        except Refused as refused:
            if transaction.changes:
                self._go_back()
            self._remember(request, Changes(at=self.clock.now()), refused.message)
            raise
        except BaseException:
            self._go_back()
            raise
        self.clock.at_least(transaction.now)
        self._remember(request, transaction.changes)
        for subscriber in self._subscribers:
            subscriber(command, transaction.changes)
        self._shared = self._shared or SharedCommit()
        self._shared.callbacks += transaction.changes.callbacks
        if not is_shared:
            self.keep()
        return response

    def _lost(self, failure: Exception) -> None:
        """Go back to the committed state after a failed commit."""
        if self._shared is not None:
            self._shared.end(failure)
            self._shared = None
            self._go_back()

    def _remember(self, request: _Request, changes: Changes, refused: str | None = None) -> None:
        if self.history is not None:
            alerts = tuple(alert.text for alert in changes.alerts)
            self.history.add(
                HistoryEntry(
                    changes.at,
                    *request,
                    refused,
                    saved_bodies(changes),
                    tuple(changes.deleted),
                    alerts,
                    self.counters(),
                )
            )

    def _meta(self, changes: Changes) -> dict[str, str]:
        """Return what a start needs beside the records: counts of SIDs, and the time if no event has it."""
        meta = {} if changes.events else {"clock": str(changes.at)}
        if isinstance(self.sids, SeededSids):
            meta["sids"] = msgspec.json.encode(self.sids.counts).decode()
        return meta


def _result_itself(state: WorkspaceState, result: T, now: Millis) -> T:
    """Answer with the command's result."""
    return result


def _ignore(callbacks: list[Callback]) -> None:
    """Drop ``callbacks``, until a queue takes them."""


def _do_nothing() -> None:
    """Do nothing, until the server watches."""
