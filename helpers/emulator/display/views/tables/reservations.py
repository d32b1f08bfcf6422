"""Table of Reservations, with Worker, Task and status."""

from __future__ import annotations

from collections.abc import Iterable

from ...blocks import Column, View
from ..sdk_shapes import ReservationLike
from .table_view import table_view

__all__ = ["reservations_view"]

_COLUMNS = (Column("Reservation", "sid"), Column("Status", "status"), Column("Worker", "name"), Column("Task", "sid"))


def reservations_view(reservations: Iterable[ReservationLike]) -> View:
    """List the Reservations of a Task or of a Worker in the order given."""
    return table_view("Reservations", _COLUMNS, map(_row, reservations))


def _row(reservation: ReservationLike) -> tuple[object, ...]:
    return reservation.sid, reservation.reservation_status, reservation.worker_name, reservation.task_sid
