"""Records of a Workspace that changed since the latest message, with those that show something of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...engine.model.changes import Changes
from ...engine.model.resources import Activity, Record, Reservation, Task, TaskQueue, Worker, Workflow
from ...engine.state import WorkspaceState
from .portal_records import GROUPS, record_body

__all__ = ["Touched"]


class Touched:
    """Touched records by SID, each the latest object of its SID.

    Names stand in other records, too: a Worker's in Reservations, an Activity's in Workers. Those are looked for only
    when a name differs from the one that was sent.
    """

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}
        self._names: dict[str, str] = {}

    def begin(self, state: WorkspaceState | None) -> None:
        """Forget what was touched, because all of ``state`` is sent."""
        self._records.clear()
        tables: Any = () if state is None else (state.activities, state.task_queues, state.workflows, state.workers)
        self._names = {record.sid: record.friendly_name for table in tables for record in table.values()}

    def add(self, changes: Changes) -> None:
        """Add the records that a command saved or deleted."""
        self._records.update(changes.saved)
        self._records.update(changes.deleted)

    def take(self, state: WorkspaceState) -> tuple[dict[str, dict[str, Any]], dict[str, list[str]]]:
        """Return the records that are still there, by group and SID, and the SIDs of the others, by group."""
        touched, self._records = self._records, {}
        for record in list(touched.values()):
            for other in self._showing(state, record):
                touched.setdefault(other.sid, other)
        bodies: dict[str, dict[str, Any]] = {}
        gone: dict[str, list[str]] = {}
        for sid, record in touched.items():
            group = GROUPS.get(record.kind)
            if group is None:
                continue
            if sid in state.table(record.kind):
                bodies.setdefault(group, {})[sid] = record_body(state, record)
            else:
                gone.setdefault(group, []).append(sid)
                self._names.pop(sid, None)
        return bodies, gone

    def _showing(self, state: WorkspaceState, record: Record) -> Iterator[Record]:
        """Yield the records that show something of ``record`` which has changed."""
        if isinstance(record, Reservation):
            if (task := state.tasks.get(record.task_sid)) is not None:
                yield task
            yield from state.channels_of(record.worker_sid).values()
        elif isinstance(record, Activity | TaskQueue | Workflow | Worker):
            before = self._names.get(record.sid)
            self._names[record.sid] = record.friendly_name
            if before not in (None, record.friendly_name):
                yield from _showing_name(state, record)


def _showing_name(state: WorkspaceState, record: Record) -> Iterator[Record]:
    tasks: Iterator[Task] = iter(state.tasks.values())
    match record:
        case Worker():
            yield from state.reservations_of_worker(record.sid)
        case TaskQueue():
            yield from (task for task in tasks if task.task_queue_sid == record.sid)
        case Workflow():
            yield from (task for task in tasks if task.workflow_sid == record.sid)
        case Activity():
            yield state.workspace
            yield from state.task_queues.values()
            yield from (worker for worker in state.workers.values() if worker.activity_sid == record.sid)
