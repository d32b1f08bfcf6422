"""Open Reservations on the board. Drawn by ``reservations.js``, with the buttons that answer them."""

from __future__ import annotations

from typing import Any

from ...engine.model.statuses import OPEN_RESERVATIONS
from ..blocks import Column, Table
from ..safe_text import one_line, short_sid
from .board_table import age, board_table
from .workspace_snapshot import WorkspaceSnapshot

__all__ = ["DRAWN", "reservation_state", "reservation_table"]

DRAWN = 100

_COLUMNS = (
    Column("Reservation", "sid"),
    Column("Status", "status"),
    Column("Worker", "name"),
    Column("Task", "sid"),
    Column("Since", "number"),
)


def reservation_table(snapshot: WorkspaceSnapshot) -> Table:
    """Return the open Reservations in words."""
    rows = [_row(snapshot, each) for each in _open(snapshot)]
    return board_table("Open Reservations", _COLUMNS, rows, "no open Reservations")


def reservation_state(snapshot: WorkspaceSnapshot) -> dict[str, Any]:
    """Return the open Reservations as the widget draws them, and how many more there are."""
    reservations = _open(snapshot)
    drawn = [_state(snapshot, each) for each in reservations[:DRAWN]]
    return {"reservations": drawn, "more_reservations": len(reservations) - len(drawn)}


def _row(snapshot: WorkspaceSnapshot, reservation: Any) -> tuple[object, ...]:
    since = age(snapshot, reservation.date_updated)
    return reservation.sid, reservation.reservation_status, reservation.worker_name, reservation.task_sid, since


def _state(snapshot: WorkspaceSnapshot, reservation: Any) -> dict[str, Any]:
    task = snapshot.tasks.get(reservation.task_sid)
    return {
        "key": reservation.sid,
        "name": short_sid(reservation.sid),
        "status": one_line(reservation.reservation_status),
        "worker": one_line(reservation.worker_name),
        "worker_key": reservation.worker_sid,
        "task": reservation.task_sid,
        "task_name": short_sid(reservation.task_sid),
        "about": one_line(task.attributes) if task is not None else "",
        "since": round(reservation.date_updated.timestamp()),
    }


def _open(snapshot: WorkspaceSnapshot) -> list[Any]:
    """Return the Reservations that somebody can still answer or complete, those that wait for an answer first."""
    every = [each for offered in snapshot.reservations.values() for each in offered]
    still_open = [each for each in every if each.reservation_status in OPEN_RESERVATIONS]
    return sorted(still_open, key=lambda each: OPEN_RESERVATIONS.index(each.reservation_status))
