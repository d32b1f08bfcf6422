"""Reservations: which Worker was offered which Task, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.console.blocks import Column, View
from helpers.console.views.shapes import ReservationLike
from helpers.console.views.table import table_view

__all__ = ["reservations_view"]

_COLUMNS = (Column("Reservation", "sid"), Column("Status", "status"), Column("Worker", "name"), Column("Task", "sid"))


def reservations_view(reservations: Iterable[ReservationLike]) -> View:
    """List the Reservations of a Task or of a Worker in the order given."""
    return table_view("Reservations", _COLUMNS, map(_row, reservations))


def _row(reservation: ReservationLike) -> tuple[object, ...]:
    return reservation.sid, reservation.reservation_status, reservation.worker_name, reservation.task_sid
