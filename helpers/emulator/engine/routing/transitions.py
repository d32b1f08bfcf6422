"""Changes of status of Tasks and Reservations, with the events they cause (reference 3).

Workers are only marked as freed here and Tasks as waiting; ``offers`` reserves the next ones. Every function leaves
Task and Reservations consistent: a Task is ``reserved`` exactly while a Reservation of it is pending.
"""

from __future__ import annotations

from ..callbacks.call_status import hang_up
from ..event_data import reservation_data, task_data, worker_data
from ..event_data import text as as_text
from ..model.refusals import Gone, Invalid
from ..model.resources import Reservation, Task, Worker
from ..model.statuses import (
    OPEN_RESERVATIONS,
    RESERVATION_BY_REQUEST,
    RESERVATION_MOVES,
    TASK_MOVES,
    check_move,
    describe_status,
)
from ..transaction import Transaction
from .worker_activity import post_work_activity, rest_from, set_activity, take_activity

__all__ = [
    "TTL_EXCEEDED",
    "accept",
    "cancel_reservation",
    "cancel_task",
    "check_pending",
    "check_wrapping",
    "complete_task",
    "emit_reservation",
    "emit_task",
    "expire_reservation",
    "reject",
    "remove_task",
    "wrap_task",
]

TTL_EXCEEDED = "Task TTL Exceeded"
ALL_COMPLETED = "All reservations were completed"


# -- Reservations ------------------------------------------------------------------------------


def emit_reservation(
    transaction: Transaction, reservation: Reservation, what: str, extra: dict[str, str] | None = None
) -> None:
    """Record ``reservation.<what>``."""
    transaction.emit(
        f"reservation.{what}",
        f"Reservation {reservation.sid} {what}",
        reservation,
        reservation_data(transaction.state, reservation, transaction.now) | (extra or {}),
    )


def check_pending(reservation: Reservation, unable: str = "") -> None:
    """Check that a Reservation is pending.

    Args:
        unable: a sentence to begin Twilio's message with (reference 3.2).

    Raises:
        Gone: another Worker accepted first. Invalid: it has another status.
    """
    status = reservation.reservation_status
    message = f"{unable}Reservation {reservation.sid} is not currently in a Pending state."
    if status == "rescinded":
        raise Gone(message, "It was rescinded: another Worker accepted first.")
    if status != "pending":
        raise Invalid(message, describe_status(RESERVATION_BY_REQUEST, status))


def accept(transaction: Transaction, reservation: Reservation) -> None:
    """Accept a Reservation: assign its Task, and rescind the Task's Reservations for other Workers."""
    task = transaction.state.tasks[reservation.task_sid]
    siblings = [each for each in _open_reservations(transaction, task) if each is not reservation]
    _move_task(transaction, task, "assigned")
    task.assigned_at = transaction.now
    transaction.save(task)
    _move(transaction, reservation, "accepted")
    emit_reservation(transaction, reservation, "accepted")
    transaction.mark_load_changed(transaction.state.workers[reservation.worker_sid])
    queue = transaction.state.task_queues.get(task.task_queue_sid or "")
    if queue is not None:
        take_activity(transaction, transaction.state.workers[reservation.worker_sid], queue.assignment_activity_sid)
    for sibling in siblings:
        _end(transaction, sibling, "rescinded")


def reject(transaction: Transaction, reservation: Reservation, activity_sid: str | None = None) -> None:
    """Reject a Reservation; its Task waits again unless another Reservation is open."""
    _end(transaction, reservation, "rejected", activity_sid=activity_sid)
    _resume(transaction, reservation)


def expire_reservation(transaction: Transaction, reservation: Reservation) -> None:
    """Time out a Reservation, and move its *Worker* to the timeout Activity, in both tasking modes."""
    _end(transaction, reservation, "timeout", activity_sid=transaction.state.workspace.timeout_activity_sid)
    _resume(transaction, reservation)


def cancel_reservation(transaction: Transaction, reservation: Reservation, reason_code: int | None = None) -> None:
    """Cancel a pending Reservation; ``reason_code`` is the error of its instruction, if that failed."""
    extra = {} if reason_code is None else {"reservation_reason_code": as_text(reason_code)}
    _end(transaction, reservation, "canceled", extra=extra)
    _resume(transaction, reservation)


def _end(
    transaction: Transaction,
    reservation: Reservation,
    status: str,
    *,
    activity_sid: str | None = None,
    extra: dict[str, str] | None = None,
) -> None:
    """End a pending Reservation unaccepted: free its capacity, and restore the Worker's Activity."""
    _move(transaction, reservation, status)
    emit_reservation(transaction, reservation, status, extra)
    worker = transaction.state.workers.get(reservation.worker_sid)
    if worker is None:
        return
    _rest(transaction, reservation, worker)
    set_activity(transaction, worker, activity_sid or worker.previous_activity_sid or worker.activity_sid)
    if worker.previous_activity_sid is not None:
        worker.previous_activity_sid = None
        transaction.save(worker, quietly=True)
    transaction.mark_freed(worker)


def _resume(transaction: Transaction, reservation: Reservation) -> None:
    """Let the Task wait again if its last open Reservation ended."""
    task = transaction.state.tasks[reservation.task_sid]
    if task.assignment_status != "reserved" or _open_reservations(transaction, task):
        return
    _move_task(transaction, task, "pending")
    transaction.save(task)
    transaction.queue_for_routing(task, entered_step=False)


def _move(transaction: Transaction, reservation: Reservation, status: str) -> None:
    check_move(RESERVATION_MOVES, f"Reservation {reservation.sid}", reservation.reservation_status, status)
    reservation.reservation_status = status
    if status != "accepted":
        hang_up(transaction, reservation)
    reservation.callback_due = False
    reservation.version += 1
    transaction.save(reservation)


def _rest(transaction: Transaction, reservation: Reservation, worker: Worker) -> None:
    rest_from(transaction, worker, transaction.state.tasks[reservation.task_sid].task_channel_sid)
    transaction.save(worker, quietly=True)


def _open_reservations(transaction: Transaction, task: Task) -> list[Reservation]:
    return [
        reservation
        for reservation in transaction.state.reservations_of_task(task.sid)
        if reservation.reservation_status in OPEN_RESERVATIONS
    ]


# -- Tasks -------------------------------------------------------------------------------------


def emit_task(
    transaction: Transaction, task: Task, event_type: str, description: str, extra: dict[str, str] | None = None
) -> None:
    """Record an event about a Task."""
    transaction.emit(event_type, description, task, task_data(transaction.state, task, transaction.now) | (extra or {}))


def cancel_task(transaction: Transaction, task: Task, reason: str | None, description: str | None = None) -> None:
    """Cancel a Task that no Worker has accepted, and its pending Reservations."""
    transaction.state.stop_waiting(task)
    transaction.arrivals.pop(task.sid, None)
    open_reservations = _open_reservations(transaction, task)
    _move_task(transaction, task, "canceled")
    task.reason = reason if reason is not None else task.reason
    task.ended_at = transaction.now
    transaction.save(task)
    for reservation in open_reservations:
        _end(transaction, reservation, "canceled")
    extra = {} if task.reason is None else {"task_canceled_reason": task.reason}
    emit_task(transaction, task, "task.canceled", description or f"Task {task.sid} canceled", extra)


def check_wrapping(transaction: Transaction, task: Task) -> None:
    """Check that Tasks can be wrapped up.

    Raises:
        Invalid: the workspace is single-tasking.
    """
    if not transaction.state.workspace.multi_task_enabled:
        raise Invalid(f"Cannot wrap up task {task.sid} because workspace {task.workspace_sid} is not multitasking.")


def wrap_task(transaction: Transaction, task: Task, reason: str | None) -> None:
    """Move a Task and its Reservation to wrapping; the Worker's capacity stays in use."""
    _move_task(transaction, task, "wrapping")
    task.reason = reason if reason is not None else task.reason
    transaction.save(task)
    emit_task(transaction, task, "task.wrapup", f"Task {task.sid} wrapup")
    for reservation in _open_reservations(transaction, task):
        _move(transaction, reservation, "wrapping")
        emit_reservation(transaction, reservation, "wrapup")
        if reservation.worker_sid in transaction.state.workers:
            transaction.mark_load_changed(transaction.state.workers[reservation.worker_sid])


def complete_task(transaction: Transaction, task: Task, reason: str | None) -> None:
    """Complete a Task and its Reservation, and free the Worker's capacity."""
    reservations = _open_reservations(transaction, task)
    _move_task(transaction, task, "completed")
    task.reason = reason if reason is not None else task.reason
    task.ended_at = transaction.now
    transaction.save(task)
    extra = {} if task.reason is None else {"task_completed_reason": task.reason}
    for reservation in reservations[:1]:
        worker = transaction.state.workers.get(reservation.worker_sid)
        extra |= {} if worker is None else worker_data(transaction.state, worker)
    emit_task(transaction, task, "task.completed", f"Task {task.sid} completed", extra)
    for reservation in reservations:
        _complete(transaction, reservation)
    emit_task(transaction, task, "task.updated", f"Task {task.sid} updated")  # as recorded (reference 8.3f)


def _complete(transaction: Transaction, reservation: Reservation) -> None:
    _move(transaction, reservation, "completed")
    emit_reservation(transaction, reservation, "completed")
    worker = transaction.state.workers.get(reservation.worker_sid)
    if worker is None:
        return
    _rest(transaction, reservation, worker)
    if worker.previous_activity_sid is not None:
        worker.previous_activity_sid = None
        transaction.save(worker, quietly=True)
    take_activity(transaction, worker, post_work_activity(transaction, reservation))
    transaction.mark_freed(worker)


def remove_task(transaction: Transaction, task: Task, event_type: str | None) -> None:
    """Remove a Task with its Reservations, and free the capacity they still used.

    An accepted Reservation of a deleted Task ends as completed, a pending one as canceled
    (reference 3.1). ``event_type`` is None for the silent removal after the end.
    """
    transaction.state.stop_waiting(task)
    transaction.arrivals.pop(task.sid, None)
    for reservation in _open_reservations(transaction, task):
        if reservation.reservation_status == "pending":
            _end(transaction, reservation, "canceled")
        else:
            _complete(transaction, reservation)
    if event_type is not None:
        emit_task(transaction, task, event_type, f"Task {task.sid} deleted")
    for reservation in transaction.state.reservations_of_task(task.sid):
        transaction.delete(reservation)
    transaction.delete(task)


def _move_task(transaction: Transaction, task: Task, status: str) -> None:
    check_move(TASK_MOVES, f"Task {task.sid}", task.assignment_status, status)
    task.assignment_status = status
    task.version += 1
