"""Commands on Reservations, by REST."""

from __future__ import annotations

from typing import Any

from ..model.refusals import Invalid
from ..model.resources import Reservation
from ..model.statuses import RESERVATION_BY_REQUEST, where_it_is
from ..routing.transitions import (
    ALL_COMPLETED,
    accept,
    check_pending,
    check_wrapping,
    complete_task,
    reject,
    wrap_task,
)
from ..transaction import Transaction
from . import instruction_commands

__all__ = ["update"]


def update(transaction: Transaction, sid: str, changes: dict[str, Any], *, if_match: str | None = None) -> Reservation:
    """Answer a Reservation: by a status, or by an instruction with its parameters.

    Raises:
        NotFound, PreconditionFailed.
        Gone: it was rescinded. Invalid: a status or an instruction its present status forbids.
    """
    reservation = transaction.find(transaction.state.reservations, sid)
    transaction.expect_version(reservation.version, if_match)
    changes = dict(changes)
    status, instruction = changes.pop("reservation_status", None), changes.pop("instruction", None)
    activity_sid = changes.pop("worker_activity_sid", None)
    if activity_sid is not None:
        transaction.named(transaction.state.activities, activity_sid, "WorkerActivitySid")
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
        accept(transaction, reservation) if status == "accepted" else reject(transaction, reservation, activity_sid)
        return
    current = reservation.reservation_status
    if status not in RESERVATION_BY_REQUEST.get(current, ()):
        raise Invalid(
            f"ReservationStatus {status} cannot be set on Reservation {reservation.sid}.",
            where_it_is(RESERVATION_BY_REQUEST, current),
        )
    if status == "wrapping":
        check_wrapping(transaction, task)
        wrap_task(transaction, task, None)
    else:
        complete_task(transaction, task, ALL_COMPLETED)
