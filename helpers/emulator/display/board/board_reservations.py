"""Open Reservations of the board in words."""

from __future__ import annotations

from typing import Any

from ...engine.model.statuses import OPEN_RESERVATIONS
from ..blocks import Column, Table
from .board_table import age, board_table
from .workspace_snapshot import WorkspaceSnapshot

__all__ = ["reservation_table"]

_COLUMNS = (
    Column("Reservation", "sid"),
    Column("Status", "status"),
    Column("Worker", "name"),
    Column("Task", "sid"),
    Column("Channel"),
    Column("Since", "number"),
)


def reservation_table(snapshot: WorkspaceSnapshot) -> Table:
    """Return the open Reservations in words."""
    rows = [_row(snapshot, each) for each in _open(snapshot)]
    return board_table("Open Reservations", _COLUMNS, rows, "no open Reservations")


def _row(snapshot: WorkspaceSnapshot, reservation: Any) -> tuple[object, ...]:
    task = snapshot.tasks.get(reservation.task_sid)
    return (
        reservation.sid,
        reservation.reservation_status,
        reservation.worker_name,
        reservation.task_sid,
        task.task_channel_unique_name if task is not None else "?",
        age(snapshot, reservation.date_updated),
    )


def _open(snapshot: WorkspaceSnapshot) -> list[Any]:
    """Return the Reservations that somebody can still answer or complete, those that wait for an answer first."""
    every = [each for offered in snapshot.reservations.values() for each in offered]
    still_open = [each for each in every if each.reservation_status in OPEN_RESERVATIONS]
    return sorted(still_open, key=lambda each: OPEN_RESERVATIONS.index(each.reservation_status))
