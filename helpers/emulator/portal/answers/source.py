"""Source of an answer: a Workspace, read where it is, and copies of what matters in it for experiments."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from ...clock import Millis
from ...emulator import Emulator
from ...engine.model.refusals import Invalid, NotFound
from ...engine.model.resources import Record, Task, Worker
from ...engine.model.statuses import ENDED
from ...engine.routing.selection import comes_second
from ...engine.state import WorkspaceState
from ...explanations.reading.replica import Replica
from ...explanations.spelling import Spelling
from ...explanations.telling.facts import TaskFacts

__all__ = ["MOST_WORKERS", "Copy", "Source", "find_source", "source_of_replica"]

MOST_WORKERS = 250
"""Number of Workers in a copy: with more an answer would take too long, and says how many were tried."""

_MOST_WAITING = 300
"""Number of waiting Tasks in a copy; those that go first are the ones that matter."""

_COLLECTIONS = {"WK": "workers", "WQ": "task_queues", "WT": "tasks", "WW": "workflows"}


@dataclass(frozen=True)
class Source:
    """Workspace that a question is asked of.

    Attributes:
        state: its records. They are only read, and only where they can't change meanwhile.
        now: the service's time.
        past: returns the types of a Task's events, oldest first.
        read: what is known about records that were read through the SDK; None for an emulator's own.
    """

    state: WorkspaceState
    now: Millis
    past: Callable[[str], Sequence[str]] = field(default=lambda task_sid: ())
    read: Replica | None = None

    def copy(self, *, task: Task | None = None, worker: Worker | None = None, queue_sid: str | None = None) -> Copy:
        """Return a copy of what matters: the Workers nearest to ``task`` or ``queue_sid``, and Tasks that go first.

        Args:
            task: Task in question; of the waiting ones only those before it are copied.
            worker: Worker in question, who is copied in any case.
            queue_sid: TaskQueue in question, if there is no Task.
        """
        state = self.state
        members = state.members((task.task_queue_sid if task else queue_sid) or "")
        known = {each.sid for each in _nearest(state, worker, members)}
        tasks = _tasks_that_matter(state, task)
        kept = tuple(copy(each) for each in state.records() if _matters(each, known, tasks))
        read = self.read or Replica(state.workspace.sid, self.now, ())
        replica = Replica(read.workspace_sid, self.now, kept, read.broken, read.unread, read.assumed & known)
        left_out = len(state.workers) > len(known)
        partial = f"The first {MOST_WORKERS} Workers were tried." if left_out else None
        waiting = sum(each.assignment_status == "pending" and each.sid not in tasks for each in state.tasks.values())
        return Copy(replica, partial, waiting)


@dataclass(frozen=True)
class Copy:
    """Copy of a Workspace; ``partial`` is a sentence if it has not all of the Workers."""

    replica: Replica
    partial: str | None
    tasks_left_out: int
    """Number of waiting Tasks that it doesn't have."""

    def facts(self, task_sid: str) -> TaskFacts:
        """Return the facts of a Task in a new copy."""
        state = self.replica.sandbox().state
        return TaskFacts(self.replica, state, state.tasks[task_sid], Spelling(self.replica.workspace_sid))


def find_source(emulator: Emulator, question: Mapping[str, Any], account_sid: str | None = None) -> Source:
    """Return the Workspace of a question: named by ``workspace``, else the one that has its resources.

    Args:
        account_sid: account whose Workspaces are meant; None means all.

    Raises:
        Invalid: several Workspaces are possible.
        NotFound: there is no such Workspace.
    """
    states = {
        sid: state
        for sid, state in emulator.world.workspaces.items()
        if account_sid in (None, state.workspace.account_sid)
    }
    sid = question.get("workspace")
    if sid is None:
        sid = next((each for each in map(_owner(states), _sids_in(question)) if each), None)
    if sid is None and len(states) > 1:
        raise Invalid("The question names no Workspace, and there are several.", "Add its SID as `workspace`.")
    state = next(iter(states.values()), None) if sid is None else states.get(sid) if isinstance(sid, str) else None
    if state is None:
        raise NotFound("Workspace" if sid is None else str(sid)[:40])
    workspace_sid, now = state.workspace.sid, emulator.clock.now()
    emulator.pass_deadlines(now)

    def past(task_sid: str) -> Sequence[str]:
        return [each.event_type for each in emulator.store.events(workspace_sid, task_sid=task_sid)]

    return Source(emulator.world.workspaces[workspace_sid], now, past)


def source_of_replica(replica: Replica) -> Source:
    """Return the source for a Workspace that was read through the SDK, from Twilio or from an emulator."""
    return Source(replica.sandbox().state, replica.now, read=replica)


def _sids_in(question: Mapping[str, Any]) -> list[str]:
    """Return the SIDs that a question names, the first of a list only."""
    firsts = (value[0] if isinstance(value, list) and value else value for value in question.values())
    return [value for value in firsts if isinstance(value, str) and value[:2] in _COLLECTIONS]


def _owner(states: Mapping[str, WorkspaceState]) -> Callable[[str], str | None]:
    def owner(sid: str) -> str | None:
        table = _COLLECTIONS[sid[:2]]
        return next((each for each, state in states.items() if sid in getattr(state, table)), None)

    return owner


def _nearest(state: WorkspaceState, worker: Worker | None, members: Iterable[str]) -> list[Worker]:
    """Return at most ``MOST_WORKERS`` Workers: the one in question, members of the queue, available ones, others."""
    if len(state.workers) <= MOST_WORKERS:
        return list(state.workers.values())
    inside = set(members)
    available = {sid for sid, each in state.activities.items() if each.available}

    def distance(each: Worker) -> tuple[bool, bool, bool, int]:
        return each is not worker, each.sid not in inside, each.activity_sid not in available, each.number

    return heapq.nsmallest(MOST_WORKERS, state.workers.values(), key=distance)


def _tasks_that_matter(state: WorkspaceState, task: Task | None) -> set[str]:
    """Return the SIDs of ``task``, of the Tasks that Workers have, and of waiting ones that go before it."""
    waiting = [each for each in state.tasks.values() if each.assignment_status == "pending" and each is not task]
    held = {
        each.sid for each in state.tasks.values() if each.assignment_status not in ("pending", *ENDED) or each is task
    }
    own = _rank(state, task) if task is not None and task.assignment_status == "pending" else None
    ranked = ((_rank(state, each), each.sid) for each in waiting)
    before = (each for each in ranked if own is None or each[0] < own)
    return held | {sid for _, sid in heapq.nsmallest(_MOST_WAITING, before)}


def _rank(state: WorkspaceState, task: Task) -> tuple[Any, ...]:
    """Return a sort key: Tasks for one Worker, then those of queues, as TaskRouter would offer them."""
    place, queue = state.backlog.place(task.sid), state.task_queues.get(task.task_queue_sid or "")
    if place is None or queue is None:
        return False, False, (-task.priority, task.virtual_start_time, task.number, task.sid)
    return True, comes_second(state, queue), place


def _matters(record: Record, workers: set[str], tasks: set[str]) -> bool:
    match record.kind:
        case "worker":
            return record.sid in workers
        case "task":
            return record.sid in tasks
    worker_sid, task_sid = getattr(record, "worker_sid", None), getattr(record, "task_sid", None)
    return (worker_sid is None or worker_sid in workers) and (task_sid is None or task_sid in tasks)
