"""The embedded TaskRouter itself: one command at a time, each one committed before it is answered."""

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

__all__ = ["Account", "Emulator"]

P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A")

_Request = tuple[str, str | None, Command[Any]]
"""The account, the workspace where one is named, and the command."""

Answer = Callable[[WorkspaceState, T, Millis], A]
"""Makes the answer of a command's result, the workspace and the time."""


@dataclass(frozen=True)
class Account:
    """Account of a client: an Account SID with its Auth Token, and API keys with their secrets."""

    sid: str
    auth_token: str = field(repr=False)
    api_keys: dict[str, str] = field(default_factory=dict, repr=False)


class Emulator:
    """Engine, store and clock together. Not for several threads at once: the server has one.

    ``on_callbacks`` is called with the callbacks of each commit; the callback queue takes them. ``shares`` lets the
    requests in one turn of the event loop share a commit. ``history`` remembers every command where somebody may want
    to go back; None remembers nothing.
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
        self.on_change: Callable[[], None] = _nothing
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
            StoreFailed: it had to be built anew, and the file is damaged; so it stays until that can be read.
        """
        return self._go_back() if self._world is None else self._world

    def read(self, account_sid: str, workspace_sid: str) -> WorkspaceState:
        """Return a Workspace as it is now, after firing the timers that are due; the caller must not change it.

        Raises:
            NotFound: the account has no such workspace.
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
        """Run one command of the engine, and commit what it did.

        On a paused clock a write takes time. What falls due meanwhile comes after it: a command that is refused can
        then leave everything as it was, clock and SIDs included.

        Args:
            workspace_sid: None for a command that makes a workspace.

        Raises:
            Refused: Twilio would refuse it; nothing has changed.
            StoreFailed: it could not be kept; nothing has changed.
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
        """Run a command as :meth:`write` does, but perhaps commit it later: await :meth:`kept`, then answer.

        While the clock stands still nothing is shared: what one request causes is over before the next one.

        Args:
            answer: is called before routing goes on.
        """
        whole = Command(command, args, arguments)
        if not self.shares or self.history is not None or not self.clock.is_running:
            return self._write(account_sid, workspace_sid, whole, answer)
        return self._run(self._begin(account_sid, workspace_sid, self.clock.now()), whole, answer, is_shared=True)

    async def kept(self) -> Exception | None:
        """Wait until everything done so far is kept; returns why nothing of what requests share was, if it was not."""
        return None if self._shared is None else await self._shared.outcome(self.keep)

    def keep(self) -> None:
        """Keep now what requests share, and let callbacks go; whoever awaits :meth:`kept` hears if it fails."""
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
        """Leave a line in the account's debugger; no command of the engine, so that it moves no standing clock.

        On a full disk it is lost.
        """
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
        """Do everything that was due by ``until``, in order, each at its own time."""
        while self._pass_one(until):
            pass

    def advancing(self, seconds: float) -> Iterator[Millis]:
        """Move the clock on by ``seconds``, pausing after each deadline passed.

        Whoever iterates may let callbacks and requests arrive in between; iterate to the end. A reset ends it.

        Raises:
            ValueError: ``seconds`` is negative, not finite, or more than ten years.
            StoreFailed: the new time could not be kept, for a restart to go on from.
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
        """Take in what the store holds instead of all that was before; a new history begins."""
        if self._shared is not None:  # the world that its callbacks would tell of is over
            self._shared.end()
            self._shared = None
        self.reload()
        if self.history is not None:
            records = (record for state in self.world.workspaces.values() for record in state.records())
            self.history.begin(records, self.clock.now(), self.counters())
        self.on_change()

    def counters(self) -> Counters:
        """Return how far records, events and SIDs have been counted."""
        sids = dict(self.sids.counts) if isinstance(self.sids, SeededSids) else {}
        return Counters(*self.world.numbers, sids)

    def reload(self) -> World:
        """Build everything in memory anew from what was committed.

        Raises:
            StoreRefused: that cannot be read, or does not fit together; then nobody gets what was there before.
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
            # Each record can be read, but one that others refer to is missing, say.
            raise self.store.refusal(f"Its records do not fit together: {error!r}.") from error
        if isinstance(self.sids, SeededSids):
            self.sids.counts = msgspec.json.decode(stored.meta.get("sids", "{}"))
        self._world = world
        return world

    def _go_back(self) -> World:
        """Drop what a command has done that was not kept."""
        try:
            return self.reload()
        except StoreRefused as refusal:
            raise StoreFailed(
                f"Nothing was stored or changed: the file was damaged while it was in use. {refusal.reason} "
                "Stop the emulator and restore a copy."
            ) from refusal

    def _write(self, account_sid: str, workspace_sid: str | None, command: Command[T], answer: Answer[T, A]) -> A:
        over = self.clock.after_write()
        answered = self._run(self._begin(account_sid, workspace_sid, over), command, answer)
        with suppress(StoreFailed):  # what cannot be kept stays due
            self.pass_deadlines(over)
        self.clock.at_least(over)
        return answered

    def _begin(self, account_sid: str, workspace_sid: str | None, over: Millis) -> Transaction:
        """Do everything that is due now, and begin a write that will be over at ``over``."""
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
        """Run a command, answer, and let routing go on; then keep all that, or have it kept with others."""
        request = transaction.account_sid, transaction.workspace_sid, command
        try:
            result = command.run(transaction)
            answered = answer(transaction.state, result, transaction.now)
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
        self._shared = self._shared or SharedCommit()
        self._shared.callbacks += transaction.changes.callbacks
        if not is_shared:
            self.keep()
        return answered

    def _lost(self, failure: Exception) -> None:
        """Go back to what was committed, whoever's commit it was that failed."""
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
        """Return what a start must find beside the records; the time where no event has it."""
        meta = {} if changes.events else {"clock": str(changes.at)}
        if isinstance(self.sids, SeededSids):
            meta["sids"] = msgspec.json.encode(self.sids.counts).decode()
        return meta


def _result_itself(state: WorkspaceState, result: T, now: Millis) -> T:
    """Answer with the command's result."""
    return result


def _ignore(callbacks: list[Callback]) -> None:
    """Drop ``callbacks``, until a queue takes them."""


def _nothing() -> None:
    """Do nothing, until somebody watches."""
