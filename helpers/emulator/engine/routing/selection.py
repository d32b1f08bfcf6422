"""Choice of the Workers for a Task, and of the Task for a Worker (reference 6)."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest
from itertools import islice

from ...expressions import OrderClause, read
from ..index.backlog import Line, Place
from ..model.attributes import decode
from ..model.resources import Task, TaskQueue, Worker
from ..model.workflow_configuration import Target
from ..state import WorkspaceState
from .matching import fits, known_worker

__all__ = ["comes_second", "next_task", "workers_for"]


def workers_for(state: WorkspaceState, task: Task, target: Target | None, now: int) -> list[Worker]:
    """Return the ready Workers to offer a Task in the step ``target``, best first.

    They are ordered by the step's ``order_by``; ties, and all without it, by longest idle first.

    Returns:
        At most ``max_reserved_workers`` of the queue; empty if no ready Worker matches.
    """
    queue = state.task_queues[task.task_queue_sid or ""]
    matching = _match_workers(state, task, target, now)
    if target is not None and target.order_by:
        order_by = target.order_by
        return nsmallest(queue.max_reserved_workers, matching, key=lambda worker: _order(worker, order_by))
    return list(islice(matching, queue.max_reserved_workers))


def next_task(state: WorkspaceState, worker: Worker, now: int) -> Task | None:
    """Return the waiting Task to offer a Worker next, the best of all lines they match; None if there is none."""
    best: tuple[tuple[bool, Place], str] | None = None
    queues = state.membership.queues(worker.sid)
    for task_channel_sid in state.channels_of(worker.sid):
        if not state.readiness.is_ready(worker.sid, task_channel_sid):
            continue
        for line in state.backlog.lines(queues, task_channel_sid):
            rank = (comes_second(state, state.task_queues[line.task_queue_sid]), line.head)
            if (best is None or rank < best[0]) and _serves(state, worker, line, now):
                best = (rank, line.head[3])
    return None if best is None else state.tasks[best[1]]


def _match_workers(state: WorkspaceState, task: Task, target: Target | None, now: int) -> Iterator[Worker]:
    if target is not None and target.known_worker is not None:
        ready = _ready_known(state, task, target)
    else:
        ready = state.ready_workers(task.task_queue_sid or "", task.task_channel_sid)
    return (worker for worker in ready if fits(state, worker, target, task.attributes, now))


def _ready_known(state: WorkspaceState, task: Task, target: Target) -> Iterator[Worker]:
    """Yield the step's known Worker if ready, without a look at the others."""
    worker = known_worker(state, target, task.attributes)
    if worker is None or worker.sid not in state.members(target.queue_sid):
        return
    if state.readiness.is_ready(worker.sid, task.task_channel_sid):
        yield worker


def _serves(state: WorkspaceState, worker: Worker, line: Line, now: int) -> bool:
    return fits(state, worker, line.target, line.task_attributes, now)


def comes_second(state: WorkspaceState, queue: TaskQueue) -> bool:
    """Return True if Tasks of queues with the other ``task_order`` go first in this workspace."""
    return queue.task_order != state.workspace.prioritize_queue_order


def _order(worker: Worker, clauses: tuple[OrderClause, ...]) -> tuple[tuple[bool, float], ...]:
    """Return a sort key by ``order_by``; Workers without a number there come last in both directions."""
    names = {"worker": decode(worker.attributes)}
    key = []
    for clause in clauses:
        value = read(names, clause.path)
        if isinstance(value, bool) or not isinstance(value, int | float):  # True and False are ints, too
            key.append((True, 0.0))
        else:
            key.append((False, -value if clause.descending else value))
    return tuple(key)
