"""Commands on Reservations by REST."""

from __future__ import annotations

from typing import Any

from ..model.refusals import Invalid, NotFound
from ..model.resources import Reservation
from ..model.statuses import RESERVATION_BY_REQUEST, describe_status
from ..routing.transitions import (
    ALL_COMPLETED,
    accept,
    check_pending,
    check_wrapping,
    complete_task,
    reject,
    wrap_task,
)
from ..state import WorkspaceState
from ..transaction import Transaction
from . import instruction_commands

__all__ = ["find", "update"]


def find(state: WorkspaceState, sid: str, *, task_sid: str | None = None, worker_sid: str | None = None) -> Reservation:
    """Return the Reservation ``sid``, of the Task or the Worker if one is given.

    Raises:
        NotFound: there is no such Reservation, Task or Worker, or the Reservation is another one's.
    """
    found = state.reservations.get(sid)
    if found is not None and task_sid in (None, found.task_sid) and worker_sid in (None, found.worker_sid):
        return found
    if task_sid is not None and task_sid not in state.tasks:
        raise NotFound(task_sid)
    if worker_sid is not None and worker_sid not in state.workers:
        raise NotFound(worker_sid)
    if found is None:
        raise NotFound(sid)
    owner = f"Worker {found.worker_sid}" if task_sid is None else f"Task {found.task_sid}"
    raise NotFound(sid, f"{sid} is a Reservation of {owner}.")


def update(
    transaction: Transaction,
    sid: str,
    changes: dict[str, Any],
    *,
    task_sid: str | None = None,
    worker_sid: str | None = None,
    if_match: str | None = None,
) -> Reservation:
    """Answer a Reservation: by a status, or by an instruction with its parameters.

    Raises:
        NotFound: as for :func:`find`.
        PreconditionFailed: it has another version than ``if_match``.
        Gone: it was rescinded. Invalid: its present status doesn't allow the status or instruction.
    """
    reservation = find(transaction.state, sid, task_sid=task_sid, worker_sid=worker_sid)
    transaction.expect_version(reservation.version, if_match)
    changes = dict(changes)
    status, instruction = changes.pop("reservation_status", None), changes.pop("instruction", None)
    activity_sid = changes.pop("worker_activity_sid", None)
    if activity_sid is not None:
        transaction.resolve(transaction.state.activities, activity_sid, "WorkerActivitySid")
        if status != "rejected" and instruction != "reject":
            raise Invalid("WorkerActivitySid is allowed with a reject only")
        changes["activity_sid"] = activity_sid
    if instruction is not None:
        instruction_commands.carry_out(transaction, reservation, instruction, changes)
    elif status is not None:
        _set_status(transaction, reservation, status, activity_sid)
    return reservation


def _set_status(transaction: Transaction, reservation: Reservation, status: str, activity_sid: str | None) -> None:
    task = transaction.state.tasks[reservation.task_sid]
    if status in ("accepted", "rejected"):
        check_pending(reservation)
        if status == "accepted":
            accept(transaction, reservation)
        else:
            reject(transaction, reservation, activity_sid)
        return
    current = reservation.reservation_status
    if status not in RESERVATION_BY_REQUEST.get(current, ()):
        raise Invalid(
            f"ReservationStatus {status} cannot be set on Reservation {reservation.sid}.",
            describe_status(RESERVATION_BY_REQUEST, current),
        )
    if status == "wrapping":
        check_wrapping(transaction, task)
        wrap_task(transaction, task, None)
    else:
        complete_task(transaction, task, ALL_COMPLETED)
