"""Changes of status of Tasks and Reservations, with the events they cause (reference 3).

Whether anybody can be reserved next is routing's business: here Workers are only marked as freed
and Tasks as waiting. Every function leaves the pair consistent: a Task is ``reserved`` exactly
while a Reservation of it is pending.
"""

from __future__ import annotations

from ..callbacks.call_status import hung_up
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
    where_it_is,
)
from ..transaction import Turn
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


def emit_reservation(turn: Turn, reservation: Reservation, what: str, extra: dict[str, str] | None = None) -> None:
    """Record ``reservation.<what>``."""
    turn.emit(
        f"reservation.{what}",
        f"Reservation {reservation.sid} {what}",
        reservation,
        reservation_data(turn.state, reservation, turn.now) | (extra or {}),
    )


def check_pending(reservation: Reservation, unable: str = "") -> None:
    """Refuse to answer what is no longer pending, in Twilio's words (reference 3.2).

    Args:
        unable: the sentence that comes first, if there is one.

    Raises:
        Gone: somebody else was faster. Invalid: it has another status.
    """
    status = reservation.reservation_status
    message = f"{unable}Reservation {reservation.sid} is not currently in a Pending state."
    if status == "rescinded":
        raise Gone(message, "It was rescinded: another Worker accepted first.")
    if status != "pending":
        raise Invalid(message, where_it_is(RESERVATION_BY_REQUEST, status))


def accept(turn: Turn, reservation: Reservation) -> None:
    """The Worker takes the Task; what was offered to others is rescinded."""
    task = turn.state.tasks[reservation.task_sid]
    siblings = [each for each in _open_reservations(turn, task) if each is not reservation]
    _move_task(turn, task, "assigned")
    task.assigned_at = turn.now
    turn.save(task)
    _move(turn, reservation, "accepted")
    emit_reservation(turn, reservation, "accepted")
    turn.carries_otherwise(turn.state.workers[reservation.worker_sid])
    queue = turn.state.task_queues.get(task.task_queue_sid or "")
    if queue is not None:
        take_activity(turn, turn.state.workers[reservation.worker_sid], queue.assignment_activity_sid)
    for sibling in siblings:
        _end(turn, sibling, "rescinded")


def reject(turn: Turn, reservation: Reservation, activity_sid: str | None = None) -> None:
    """The Worker does not want the Task; it goes on looking."""
    _end(turn, reservation, "rejected", activity_sid=activity_sid)
    _resume(turn, reservation)


def expire_reservation(turn: Turn, reservation: Reservation) -> None:
    """Nobody answered in time: the *Worker* moves to the timeout Activity, in both tasking modes."""
    _end(turn, reservation, "timeout", activity_sid=turn.state.workspace.timeout_activity_sid)
    _resume(turn, reservation)


def cancel_reservation(turn: Turn, reservation: Reservation, reason_code: int | None = None) -> None:
    """The offer could not be made or carried out; the Task goes on looking."""
    extra = {} if reason_code is None else {"reservation_reason_code": as_text(reason_code)}
    _end(turn, reservation, "canceled", extra=extra)
    _resume(turn, reservation)


def _end(
    turn: Turn,
    reservation: Reservation,
    status: str,
    *,
    activity_sid: str | None = None,
    extra: dict[str, str] | None = None,
) -> None:
    """A pending Reservation ends unaccepted; capacity and the Worker's Activity come back."""
    _move(turn, reservation, status)
    emit_reservation(turn, reservation, status, extra)
    worker = turn.state.workers.get(reservation.worker_sid)
    if worker is None:
        return
    _rest(turn, reservation, worker)
    set_activity(turn, worker, activity_sid or worker.previous_activity_sid or worker.activity_sid)
    if worker.previous_activity_sid is not None:
        worker.previous_activity_sid = None
        turn.save(worker, quietly=True)
    turn.frees(worker)


def _resume(turn: Turn, reservation: Reservation) -> None:
    """A Task whose last open Reservation ended waits again."""
    task = turn.state.tasks[reservation.task_sid]
    if task.assignment_status != "reserved" or _open_reservations(turn, task):
        return
    _move_task(turn, task, "pending")
    turn.save(task)
    turn.waits(task, entered_step=False)


def _move(turn: Turn, reservation: Reservation, status: str) -> None:
    check_move(RESERVATION_MOVES, f"Reservation {reservation.sid}", reservation.reservation_status, status)
    reservation.reservation_status = status
    if status != "accepted":
        hung_up(turn, reservation)
    reservation.callback_due = False
    reservation.version += 1
    turn.save(reservation)


def _rest(turn: Turn, reservation: Reservation, worker: Worker) -> None:
    rest_from(turn, worker, turn.state.tasks[reservation.task_sid].task_channel_sid)
    turn.save(worker, quietly=True)


def _open_reservations(turn: Turn, task: Task) -> list[Reservation]:
    return [
        reservation
        for reservation in turn.state.reservations_of_task(task.sid)
        if reservation.reservation_status in OPEN_RESERVATIONS
    ]


# -- Tasks -------------------------------------------------------------------------------------


def emit_task(turn: Turn, task: Task, event_type: str, description: str, extra: dict[str, str] | None = None) -> None:
    """Record an event about a Task."""
    turn.emit(event_type, description, task, task_data(turn.state, task, turn.now) | (extra or {}))


def cancel_task(turn: Turn, task: Task, reason: str | None, description: str | None = None) -> None:
    """A Task nobody has taken ends; pending Reservations of it are canceled."""
    turn.state.stop_waiting(task)
    turn.arrivals.pop(task.sid, None)
    open_reservations = _open_reservations(turn, task)
    _move_task(turn, task, "canceled")
    task.reason = reason if reason is not None else task.reason
    task.ended_at = turn.now
    turn.save(task)
    for reservation in open_reservations:
        _end(turn, reservation, "canceled")
    extra = {} if task.reason is None else {"task_canceled_reason": task.reason}
    emit_task(turn, task, "task.canceled", description or f"Task {task.sid} canceled", extra)


def check_wrapping(turn: Turn, task: Task) -> None:
    """Refuse to wrap up in a single-tasking workspace.

    Raises:
        Invalid: see above.
    """
    if not turn.state.workspace.multi_task_enabled:
        raise Invalid(f"Cannot wrap up task {task.sid} because workspace {task.workspace_sid} is not multitasking.")


def wrap_task(turn: Turn, task: Task, reason: str | None) -> None:
    """The work is done, the paperwork not: capacity stays used."""
    _move_task(turn, task, "wrapping")
    task.reason = reason if reason is not None else task.reason
    turn.save(task)
    emit_task(turn, task, "task.wrapup", f"Task {task.sid} wrapup")
    for reservation in _open_reservations(turn, task):
        _move(turn, reservation, "wrapping")
        emit_reservation(turn, reservation, "wrapup")
        if reservation.worker_sid in turn.state.workers:
            turn.carries_otherwise(turn.state.workers[reservation.worker_sid])


def complete_task(turn: Turn, task: Task, reason: str | None) -> None:
    """The Task is done; the Worker's capacity returns, their Activity stays what it is."""
    reservations = _open_reservations(turn, task)
    _move_task(turn, task, "completed")
    task.reason = reason if reason is not None else task.reason
    task.ended_at = turn.now
    turn.save(task)
    extra = {} if task.reason is None else {"task_completed_reason": task.reason}
    for reservation in reservations[:1]:
        worker = turn.state.workers.get(reservation.worker_sid)
        extra |= {} if worker is None else worker_data(turn.state, worker)
    emit_task(turn, task, "task.completed", f"Task {task.sid} completed", extra)
    for reservation in reservations:
        _complete(turn, reservation)
    emit_task(turn, task, "task.updated", f"Task {task.sid} updated")


def _complete(turn: Turn, reservation: Reservation) -> None:
    _move(turn, reservation, "completed")
    emit_reservation(turn, reservation, "completed")
    worker = turn.state.workers.get(reservation.worker_sid)
    if worker is None:
        return
    _rest(turn, reservation, worker)
    if worker.previous_activity_sid is not None:
        worker.previous_activity_sid = None
        turn.save(worker, quietly=True)
    take_activity(turn, worker, post_work_activity(turn, reservation))
    turn.frees(worker)


def remove_task(turn: Turn, task: Task, event_type: str | None) -> None:
    """A Task disappears with its Reservations; capacity they still held returns.

    An accepted Reservation of a deleted Task ends as completed, a pending one as canceled
    (reference 3.1). ``event_type`` is None for the silent removal after the end.
    """
    turn.state.stop_waiting(task)
    turn.arrivals.pop(task.sid, None)
    for reservation in _open_reservations(turn, task):
        if reservation.reservation_status == "pending":
            _end(turn, reservation, "canceled")
        else:
            _complete(turn, reservation)
    if event_type is not None:
        emit_task(turn, task, event_type, f"Task {task.sid} deleted")
    for reservation in turn.state.reservations_of_task(task.sid):
        turn.delete(reservation)
    turn.delete(task)


def _move_task(turn: Turn, task: Task, status: str) -> None:
    check_move(TASK_MOVES, f"Task {task.sid}", task.assignment_status, status)
    task.assignment_status = status
    task.version += 1
