"""Context of one command: the records it can use, and the changes it makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from ..clock import Millis
from ..sids import Sids
from .event_data import callback_parameters
from .model.changes import Alert, Callback, Changes
from .model.event_types import names_in
from .model.refusals import Invalid, NotFound, PreconditionFailed
from .model.resources import Event, Record, Task, Worker, Workspace
from .state import WorkspaceState
from .timers import deadline
from .world import World

__all__ = ["Command", "Transaction"]

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_PREFIXES = {
    "workspace": "WS",
    "activity": "WA",
    "task_channel": "TC",
    "task_queue": "WQ",
    "worker": "WK",
    "worker_channel": "WC",
    "workflow": "WW",
    "task": "WT",
    "reservation": "WR",
    "phone_call": "CA",
}


class Command(msgspec.Struct, Generic[T], frozen=True):
    """A function of ``engine.commands`` with the arguments that it takes beside the transaction."""

    function: Callable[..., T]
    args: tuple[Any, ...] = ()
    arguments: dict[str, Any] = {}

    def run(self, transaction: Transaction) -> T:
        """Call the function."""
        return self.function(transaction, *self.args, **self.arguments)


class Transaction:
    """Context of one command in one Workspace, at one moment.

    Records are changed in place and then saved; a command refuses before its first change.
    """

    def __init__(self, world: World, state: WorkspaceState | None, account_sid: str, now: Millis, sids: Sids) -> None:
        self.world = world
        self._state = state
        self.account_sid = account_sid
        self.now = now
        self.sids = sids
        self.changes = Changes(at=now)
        self.arrivals: dict[str, bool] = {}
        """Task SID → True if the Task has just entered a step: only then is ``skip_if`` evaluated."""
        self.freed: dict[str, None] = {}
        """SIDs of Workers who might be eligible for a Task now."""

    @property
    def workspace_sid(self) -> str | None:
        """SID of the Workspace; None before :meth:`open` in a command that creates one."""
        return None if self._state is None else self._state.workspace.sid

    @property
    def state(self) -> WorkspaceState:
        """State of the Workspace.

        Raises:
            NotFound: there is none: it doesn't exist, or hasn't been opened yet.
        """
        if self._state is None:
            raise NotFound("workspace")
        return self._state

    # -- records -------------------------------------------------------------------------------

    def new(self, kind: type[R], sid: str | None = None, **fields: object) -> R:
        """Return a new record of this Workspace, not yet saved; without ``sid`` it gets a new one."""
        fresh = sid or self.sids.new(_PREFIXES[kind.kind])
        return kind(
            sid=fresh,
            account_sid=self.account_sid,
            workspace_sid=fresh if kind is Workspace else self.state.workspace.sid,
            number=self.world.next_number(),
            date_created=self.now,
            date_updated=self.now,
            **fields,
        )

    def open(self, workspace: Workspace) -> None:
        """Add a new Workspace, which is the transaction's from now on."""
        self._state = self.world.workspaces[workspace.sid] = WorkspaceState(workspace)
        self.save(workspace)

    def close(self) -> None:
        """Remove the Workspace and all its records."""
        for record in self.state.records():
            self.world.timers.set(record, None)
            self.changes.deleted[record.sid] = record
            self.changes.saved.pop(record.sid, None)
        del self.world.workspaces[self.state.workspace.sid]
        self.arrivals.clear()
        self.freed.clear()

    def save(self, record: Record, *, quietly: bool = False) -> None:
        """Save a new or changed record; ``quietly`` leaves its ``date_updated`` alone."""
        if not quietly:
            record.date_updated = self.now
        self.state.put(record)
        self.world.timers.set(record, deadline(record))
        self.changes.saved[record.sid] = record
        self.changes.deleted.pop(record.sid, None)

    def delete(self, record: Record) -> None:
        """Delete a record."""
        self.state.drop(record)
        self.world.timers.set(record, None)
        self.changes.deleted[record.sid] = record
        self.changes.saved.pop(record.sid, None)

    def find(self, group: dict[str, R], sid: str) -> R:
        """Return the record ``sid`` of ``group``.

        Raises:
            NotFound: there is no such record.
        """
        record = group.get(sid)
        if record is None:
            raise NotFound(sid)
        return record

    def resolve(self, group: dict[str, R], sid: str, parameter: str) -> R:
        """Return the record that a *parameter* names.

        Raises:
            Invalid: there is no such record; an unknown SID in a path is NotFound, see :meth:`find`.
        """
        record = group.get(sid)
        if record is None:
            raise Invalid(f"{parameter} {sid} does not exist in workspace {self.state.workspace.sid}")
        return record

    @staticmethod
    def expect_version(version: int, if_match: str | None) -> None:
        """Check ``If-Match``, so that no other client's change is overwritten (reference 1.7).

        Raises:
            PreconditionFailed: ``if_match`` is given and is not ``version``.
        """
        if if_match is not None and if_match not in ("*", str(version)):
            raise PreconditionFailed(if_match, version)

    # -- consequences --------------------------------------------------------------------------

    def emit(self, event_type: str, description: str, about: Record, data: dict[str, str] | None = None) -> Event:
        """Record an event about a record, and queue its event callback if the Workspace wants one."""
        workspace = self.state.workspace
        event = Event(
            sid=self.sids.new("EV"),
            account_sid=workspace.account_sid,
            workspace_sid=workspace.sid,
            number=self.world.next_event_number(),
            event_type=event_type,
            event_date_ms=self.now,
            description=description,
            resource_type=about.kind.replace("_", ""),
            resource_sid=about.sid,
            actor_type="workspace",
            actor_sid=workspace.sid,
            data={"workspace_sid": workspace.sid, "workspace_name": workspace.friendly_name, **(data or {})},
        )
        self.changes.events.append(event)
        if workspace.event_callback_url and _is_wanted(event_type, workspace.events_filter):
            self.changes.callbacks.append(
                Callback(
                    kind="event",
                    sid=event.sid,
                    account_sid=workspace.account_sid,
                    workspace_sid=workspace.sid,
                    url=workspace.event_callback_url,
                    parameters=callback_parameters(event),
                )
            )
        return event

    def alert(self, code: int, text: str, about: str) -> None:
        """Add a line about the resource ``about`` to the account's debugger."""
        self.changes.alerts.append(
            Alert(code=code, text=text, resource_sid=about, workspace_sid=self.state.workspace.sid, at=self.now)
        )

    def queue_for_routing(self, task: Task, *, entered_step: bool) -> None:
        """Let ``task`` wait, and have routing look for a Worker at the end of this transaction."""
        self.state.wait(task)
        self.arrivals[task.sid] = entered_step or self.arrivals.get(task.sid, False)

    def mark_freed(self, worker: Worker) -> None:
        """Have routing look for a Task for ``worker`` at the end of this transaction."""
        self.freed[worker.sid] = None

    def mark_load_changed(self, worker: Worker) -> None:
        """Have routing look for a Task for ``worker``, who may now match a step that reads ``worker.channel``."""
        if self.state.backlog.reads_channels:
            self.mark_freed(worker)


def _is_wanted(event_type: str, events_filter: str | None) -> bool:
    names = names_in(events_filter)
    return not names or event_type in names
