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
from ..transaction import Turn
from . import instruction_commands

__all__ = ["update"]


def update(turn: Turn, sid: str, changes: dict[str, Any], *, if_match: str | None = None) -> Reservation:
    """Answer a Reservation: by a status, or by an instruction with its parameters.

    Raises:
        NotFound, PreconditionFailed.
        Gone: it was rescinded. Invalid: a status or an instruction its present status forbids.
    """
    reservation = turn.find(turn.state.reservations, sid)
    turn.expect_version(reservation.version, if_match)
    changes = dict(changes)
    status, instruction = changes.pop("reservation_status", None), changes.pop("instruction", None)
    activity_sid = changes.pop("worker_activity_sid", None)
    if activity_sid is not None:
        turn.named(turn.state.activities, activity_sid, "WorkerActivitySid")
        if status != "rejected" and instruction != "reject":
            raise Invalid("WorkerActivitySid is allowed with a reject only")
        changes["activity_sid"] = activity_sid
    if instruction is not None:
        instruction_commands.carry_out(turn, reservation, instruction, changes)
    elif status is not None:
        _set_status(turn, reservation, status, activity_sid)
    return reservation


def _set_status(turn: Turn, reservation: Reservation, status: str, activity_sid: str | None) -> None:
    task = turn.state.tasks[reservation.task_sid]
    if status in ("accepted", "rejected"):
        check_pending(reservation)
        accept(turn, reservation) if status == "accepted" else reject(turn, reservation, activity_sid)
        return
    current = reservation.reservation_status
    if status not in RESERVATION_BY_REQUEST.get(current, ()):
        raise Invalid(
            f"ReservationStatus {status} cannot be set on Reservation {reservation.sid}.",
            where_it_is(RESERVATION_BY_REQUEST, current),
        )
    if status == "wrapping":
        check_wrapping(turn, task)
        wrap_task(turn, task, None)
    else:
        complete_task(turn, task, ALL_COMPLETED)
