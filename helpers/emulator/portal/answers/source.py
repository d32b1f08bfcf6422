"""Source of an answer: a Workspace, read where it is, and copies of what matters in it for experiments."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ...clock import Millis
from ...emulator import Emulator
from ...engine.model import defaults
from ...engine.model.refusals import Invalid, NotFound
from ...engine.model.resources import Record, Task, Worker
from ...engine.model.statuses import ENDED
from ...engine.model.workflow_configuration import Target, read_plan
from ...engine.routing.selection import comes_second
from ...engine.state import WorkspaceState
from ...explanations.reading.replica import Replica
from ...explanations.spelling import Spelling
from ...explanations.telling.facts import TaskFacts
from .member_counts import MemberCounts

__all__ = ["MOST_WORKERS", "Copy", "Source", "find_source", "say_partial", "source_of_replica"]

MOST_WORKERS = 250
"""Number of Workers in a copy: with more an answer would take too long, and says how many were tried."""

_MOST_WAITING = 300
"""Number of waiting Tasks in a copy; those that go first are the ones that matter."""

_CHANGED = 4
"""Number of Workers that a change can free, beside those that are free: more than any change that is tried."""

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

    def copy(
        self,
        *,
        task: Task | None = None,
        worker: Worker | None = None,
        queue_sid: str | None = None,
        channel: str = defaults.TASK_CHANNEL,
    ) -> Copy:
        """Return a copy of what matters: the Workers nearest to ``task`` or ``queue_sid``, and Tasks that go first.

        Args:
            task: Task in question; of the waiting ones only those before it are copied.
            worker: Worker in question, who is copied in any case, with all channels.
            queue_sid: TaskQueue in question, if there is no Task.
            channel: TaskChannel of a Task that will be created, by SID or unique name.
        """
        state = self.state
        members = state.members((task.task_queue_sid if task else queue_sid) or "")
        workers = _nearest(state, worker, members)
        tasks = _tasks_that_matter(state, task, workers)
        created = state.channel(channel)
        channels = {each.task_channel_sid for each in tasks} | {"" if created is None else created.sid}
        kept = tuple(copy(each) for each in _records(state, workers, tasks, channels, worker))
        read = self.read or Replica(state.workspace.sid, self.now, ())
        known = {each.sid for each in workers}
        replica = Replica(read.workspace_sid, self.now, kept, read.broken, read.unread, read.assumed & known)
        waiting = len(state.backlog) + sum(map(len, state.direct.values()))
        return Copy(
            replica,
            say_partial(state),
            MemberCounts(state),
            waiting - sum(each.assignment_status == "pending" for each in tasks),
        )


@dataclass(frozen=True)
class Copy:
    """Copy of a Workspace."""

    replica: Replica
    partial: dict[str, str]
    """Part of the answer that says how many Workers were tried; empty if all were."""
    members: MemberCounts
    """Numbers of Workers in the whole Workspace."""
    tasks_left_out: int
    """Number of waiting Tasks that it doesn't have."""

    def facts(self, task_sid: str) -> TaskFacts:
        """Return the facts of a Task in a new copy."""
        state = self.replica.sandbox().state
        return TaskFacts(self.replica, state, state.tasks[task_sid], Spelling(self.replica.workspace_sid))


def say_partial(state: WorkspaceState, which: str = "the nearest first") -> dict[str, str]:
    """Return ``partial`` for an answer about a Workspace with more Workers than are tried, else nothing."""
    number = len(state.workers)
    return {"partial": f"{MOST_WORKERS} of {number:,} Workers were tried, {which}."} if number > MOST_WORKERS else {}


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
        raise Invalid("The question names no Workspace, but there are several.", "Add its SID as `workspace`.")
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

    nearest = heapq.nsmallest(MOST_WORKERS, state.workers.values(), key=distance)
    return sorted(nearest, key=lambda each: each.number)


def _tasks_that_matter(state: WorkspaceState, task: Task | None, workers: Collection[Worker]) -> list[Task]:
    """Return ``task``, the Tasks that Workers have, and of waiting ones those before it that could get a Worker first.

    The Tasks of a line are alike for routing. So no more of them can get a Worker than there is free capacity, and what
    a few changes of Workers would add to it.
    """
    every = state.tasks.values()
    found = {each.sid: each for each in every if each.assignment_status not in ("pending", *ENDED) or each is task}
    own = _rank(state, task) if task is not None and task.assignment_status == "pending" else None
    waiting = [(_rank(state, state.tasks[sid]), sid) for group in state.direct.values() for sid in group]
    for line in state.backlog.every_line():
        room = _room(state, line.task_channel_sid, workers)
        second = comes_second(state, state.task_queues[line.task_queue_sid])
        waiting += [((True, second, place), place[3]) for place in islice(line.places, room)]
    before = (each for each in waiting if own is None or each[0] < own)
    found |= {sid: state.tasks[sid] for _, sid in heapq.nsmallest(_MOST_WAITING, before)}
    return sorted(found.values(), key=lambda each: each.number)


def _room(state: WorkspaceState, task_channel_sid: str, workers: Collection[Worker]) -> int:
    """Return how many Tasks of a channel could be reserved at once, a few changes of Workers included."""
    channels = (state.channels_of(each.sid).get(task_channel_sid) for each in workers)
    capacities = [(each.configured_capacity, state.used_capacity(each)) for each in channels if each is not None]
    free = sum(max(0, capacity - used) for capacity, used in capacities)
    return free + _CHANGED * max((capacity for capacity, _ in capacities), default=1)


def _rank(state: WorkspaceState, task: Task) -> tuple[Any, ...]:
    """Return a sort key: Tasks for one Worker, then those of queues, as TaskRouter would offer them."""
    place, queue = state.backlog.place(task.sid), state.task_queues.get(task.task_queue_sid or "")
    if place is None or queue is None:
        return False, False, (-task.priority, task.virtual_start_time, task.number, task.sid)
    return True, comes_second(state, queue), place


def _records(
    state: WorkspaceState,
    workers: Collection[Worker],
    tasks: Collection[Task],
    channels: Collection[str],
    worker: Worker | None,
) -> Iterator[Record]:
    """Yield the records of a copy, each after those it refers to."""
    yield state.workspace
    yield from state.activities.values()
    yield from state.task_channels.values()
    yield from workers
    whole = any(target.reads_channels for target in _targets(state))
    for each in workers:
        own = state.channels_of(each.sid).values()
        yield from own if whole or each is worker else (one for one in own if one.task_channel_sid in channels)
    yield from state.task_queues.values()
    yield from state.workflows.values()
    yield from state.workflow_revisions.values()
    yield from tasks
    known = {each.sid for each in workers}
    held = (each for task in tasks for each in state.reservations_of_task(task.sid) if each.worker_sid in known)
    yield from sorted(held, key=lambda each: each.number)


def _targets(state: WorkspaceState) -> Iterator[Target]:
    present = (each.configuration for each in state.workflows.values())
    earlier = (each.configuration for each in state.workflow_revisions.values())
    for configuration in (*present, *earlier):
        yield from (target for each in read_plan(configuration).filters for target in each.targets)
