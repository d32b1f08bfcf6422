"""Index of Reservations by Task and by Worker, and of open ones by Worker and TaskChannel."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from ..model.resources import Reservation
from ..model.statuses import OPEN_RESERVATIONS

__all__ = ["ReservationIndex", "take_out"]

K = TypeVar("K")
V = TypeVar("V")


class ReservationIndex:
    """Index of Reservations; each group is in order of creation."""

    def __init__(self) -> None:
        self._of_task: dict[str, dict[str, Reservation]] = {}
        self._of_worker: dict[str, dict[str, Reservation]] = {}
        self._open: dict[tuple[str, str], dict[str, Reservation]] = {}

    def of_task(self, task_sid: str) -> Collection[Reservation]:
        """Return all Reservations of a Task."""
        return self._of_task.get(task_sid, {}).values()

    def last_of_task(self, task_sid: str) -> Reservation | None:
        """Return the latest Reservation of a Task, or None."""
        return next(reversed(self._of_task.get(task_sid, {}).values()), None)

    def of_worker(self, worker_sid: str) -> Collection[Reservation]:
        """Return all Reservations of a Worker."""
        return self._of_worker.get(worker_sid, {}).values()

    def open_on(self, worker_sid: str, task_channel_sid: str) -> Collection[Reservation]:
        """Return the open Reservations, which use a Worker's capacity, on a channel."""
        return self._open.get((worker_sid, task_channel_sid), {}).values()

    def put(self, reservation: Reservation, task_channel_sid: str) -> None:
        """Add a new Reservation, or one whose status has changed."""
        self._of_task.setdefault(reservation.task_sid, {})[reservation.sid] = reservation
        self._of_worker.setdefault(reservation.worker_sid, {})[reservation.sid] = reservation
        key = (reservation.worker_sid, task_channel_sid)
        if reservation.reservation_status in OPEN_RESERVATIONS:
            self._open.setdefault(key, {})[reservation.sid] = reservation
        else:
            take_out(self._open, key, reservation.sid)

    def drop(self, reservation: Reservation, task_channel_sid: str) -> None:
        """Remove a Reservation."""
        take_out(self._of_task, reservation.task_sid, reservation.sid)
        take_out(self._of_worker, reservation.worker_sid, reservation.sid)
        take_out(self._open, (reservation.worker_sid, task_channel_sid), reservation.sid)


def take_out(index: dict[K, dict[str, V]], key: K, sid: str) -> None:
    """Remove ``sid`` from the group ``key``, and the group if it is empty then."""
    group = index.get(key, {})
    group.pop(sid, None)
    if not group:
        index.pop(key, None)
