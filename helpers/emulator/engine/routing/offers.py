"""Offers of waiting Tasks to ready Workers.

Between commands no ready Worker matches any waiting Task; so after a command only the Tasks that began to wait and the
Workers that were freed need a look.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ..callbacks import assignment_callback
from ..index.backlog import Place
from ..model import defaults
from ..model.resources import Reservation, Task, Worker
from ..model.workflow_configuration import Target
from ..state import WorkspaceState, waits_for_worker
from ..transaction import Transaction
from .matching import known_worker, known_worker_name
from .selection import comes_second, next_task, workers_for
from .transitions import TTL_EXCEEDED, cancel_task, emit_reservation
from .worker_activity import set_activity
from .workflow_steps import skip, step_timeout

__all__ = ["MAX_ASSIGNMENTS", "settle"]

MAX_ASSIGNMENTS = 1000
"""Number of times that a Task can go from pending to reserved (reference 2.3)."""

_TOO_OFTEN = f"{TTL_EXCEEDED} or Max assignment count exceeded"


def settle(transaction: Transaction) -> None:
    """Reserve Workers that this transaction freed, and Workers for the Tasks that it queued."""
    state = transaction.state
    while transaction.freed or transaction.arrivals:
        freed = [state.workers[sid] for sid in transaction.freed if sid in state.workers]
        arrivals, transaction.arrivals, transaction.freed = transaction.arrivals, {}, {}
        _leave_ended_steps(transaction, arrivals)
        for worker in sorted(freed, key=lambda worker: (worker.idle_since, worker.number)):
            _serve(transaction, worker)
        for task_sid in _sort(state, arrivals):
            if task_sid in state.tasks:
                _look_for_worker(transaction, state.tasks[task_sid], entered_step=arrivals[task_sid])


def _sort(state: WorkspaceState, arrivals: Collection[str]) -> Collection[str]:
    """Return Tasks that begin to wait together in the order in which Workers would get them."""
    return arrivals if len(arrivals) == 1 else sorted(arrivals, key=lambda sid: _rank(state, sid))


def _rank(state: WorkspaceState, task_sid: str) -> tuple[bool, Place]:
    place, task = state.backlog.place(task_sid), state.tasks.get(task_sid)
    if place is None or task is None:
        return False, (0, 0, 0, task_sid)
    return comes_second(state, state.task_queues[task.task_queue_sid or ""]), place


def _leave_ended_steps(transaction: Transaction, arrivals: dict[str, bool]) -> None:
    """Move on Tasks whose step ended while a Reservation was pending, before another Worker is looked for."""
    for task_sid, entered_step in arrivals.items():
        task = transaction.state.tasks.get(task_sid)
        if task is None or entered_step or task.assignment_status != "pending":
            continue
        if task.step_ends is not None and task.step_ends <= transaction.now:
            step_timeout(transaction, task)


def _serve(transaction: Transaction, worker: Worker) -> None:
    """Offer a Worker waiting Tasks, best first, until none matches or there is no free capacity."""
    direct = [transaction.state.tasks[sid] for sid in transaction.state.direct.get(worker.sid, {})]
    for task in sorted(direct, key=lambda task: (-task.priority, task.virtual_start_time, task.number)):
        _offer_directly(transaction, task)
    while (best := next_task(transaction.state, worker, transaction.now)) is not None:
        if not _offer(transaction, best, transaction.state.target(best)):
            return


def _look_for_worker(transaction: Transaction, task: Task, *, entered_step: bool) -> None:
    if task.assignment_status != "pending":
        return
    if waits_for_worker(task):
        _offer_directly(transaction, task)
        return
    if task.task_queue_sid is None:
        return
    target = transaction.state.target(task)
    if _offer(transaction, task, target) or target is None or not entered_step:
        return
    _warn_of_known_worker(transaction, task, target)
    if _should_skip(transaction.state, target):
        skip(transaction, task)


def _offer(transaction: Transaction, task: Task, target: Target | None) -> bool:
    """Reserve the best ready Workers for a Task in the step ``target``; return False if there are none."""
    workers = workers_for(transaction.state, task, target, transaction.now)
    if workers:
        _reserve(transaction, task, workers)
    return bool(workers)


def _offer_directly(transaction: Transaction, task: Task) -> None:
    """Offer a Task to the one Worker it is for as soon as that Worker is ready, once (reference 3.4)."""
    state = transaction.state
    worker = state.workers.get(task.routing_target or "")
    if worker is None or task.assignments:
        cancel_task(transaction, task, f"RoutingTarget not available for Reservation acceptance: {task.routing_target}")
    elif task.ignore_capacity or state.readiness.is_ready(worker.sid, task.task_channel_sid):
        _reserve(transaction, task, [worker])


def _should_skip(state: WorkspaceState, target: Target) -> bool:
    if target.skip_if is None:
        return False
    counts = state.activity_counts(target.queue_sid)
    available = sum(count for sid, count in counts.items() if state.activities[sid].available)
    workers: dict[str, Any] = {**counts, "available": available, "unavailable": sum(counts.values()) - available}
    return target.skip_if.matches({"workers": workers})


def _warn_of_known_worker(transaction: Transaction, task: Task, target: Target) -> None:
    """Leave an alert if the known Worker isn't in the workspace or the queue; nothing else shows it (reference 4.7)."""
    named = known_worker_name(target, task.attributes)
    if named is None:
        return
    known = known_worker(transaction.state, target, task.attributes)
    if known is None:
        transaction.alert(
            40155, f"Task {task.sid}: its known worker {str(named)[:80]} is not in the workspace", task.sid
        )
    elif known.sid not in transaction.state.members(target.queue_sid):
        transaction.alert(40152, f"Task {task.sid}: its known worker {known.sid} is not in the queue", task.sid)


# -- reservations ------------------------------------------------------------------------------


def _reserve(transaction: Transaction, task: Task, workers: list[Worker]) -> None:
    """Make one Reservation for each Worker; together they count as one assignment."""
    if task.assignments >= MAX_ASSIGNMENTS:
        cancel_task(transaction, task, _TOO_OFTEN)
        return
    transaction.state.stop_waiting(task)
    task.assignment_status = "reserved"
    task.assignments += 1
    task.version += 1
    transaction.save(task)
    again = _why_again(transaction.state, task)
    for worker in workers:
        _reserve_one(transaction, task, worker, again)


def _why_again(state: WorkspaceState, task: Task) -> dict[str, str]:
    """Return the event field that says why a Task is offered again; none at its first offer (reference 4.4)."""
    ended = state.last_reservation(task.sid)
    return {} if ended is None else {"task_re_evaluated_reason": f"reservation_{ended.reservation_status}"}


def _reserve_one(transaction: Transaction, task: Task, worker: Worker, about: dict[str, str]) -> None:
    state = transaction.state
    workflow = state.workflows.get(task.workflow_sid or "")
    timeout = defaults.RESERVATION_TIMEOUT if workflow is None else workflow.task_reservation_timeout
    target = state.target(task)
    reservation = transaction.new(
        Reservation,
        task_sid=task.sid,
        worker_sid=worker.sid,
        task_queue_sid=task.task_queue_sid,
        timeout=timeout,
        expires=transaction.now + timeout * 1000,
        known_worker_sid=worker.sid if target is not None and target.known_worker is not None else None,
    )
    transaction.save(reservation)
    _occupy(transaction, task, worker)
    emit_reservation(transaction, reservation, "created", about)
    _take_reservation_activity(transaction, task, worker)
    assignment_callback.send(transaction, reservation)


def _occupy(transaction: Transaction, task: Task, worker: Worker) -> None:
    """Restart the Worker's idle time."""
    worker.idle_since = transaction.now
    worker.version += 1
    channel = transaction.state.channels_of(worker.sid)[task.task_channel_sid]
    channel.idle_since = transaction.now
    transaction.save(worker, quietly=True)
    transaction.save(channel, quietly=True)
    transaction.mark_load_changed(worker)


def _take_reservation_activity(transaction: Transaction, task: Task, worker: Worker) -> None:
    """Move a reserved Worker to the queue's reservation Activity in a single-tasking workspace (reference 3.3)."""
    state = transaction.state
    queue = state.task_queues.get(task.task_queue_sid or "")
    if state.workspace.multi_task_enabled or queue is None or queue.reservation_activity_sid is None:
        return
    worker.previous_activity_sid = worker.previous_activity_sid or worker.activity_sid
    set_activity(transaction, worker, queue.reservation_activity_sid)
