"""How much a Worker can carry on one TaskChannel (reference 3.4)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from .resources import Reservation, WorkerChannel

__all__ = ["NoRoom", "assigned_tasks", "available_capacity_percentage", "why_no_room"]


class NoRoom(StrEnum):
    """The first rule that keeps a further Reservation from a Worker, in the order they are asked."""

    ACTIVITY = "activity"
    BUSY = "busy"
    CHANNEL = "channel"
    CAPACITY = "capacity"


def why_no_room(*, activity_available: bool, channel: WorkerChannel, open_here: int, multi_task: bool) -> NoRoom | None:
    """Why no further Reservation may reach this Worker on this channel; None if one may.

    Multitasking: the channel is available and has free capacity; a merely pending Reservation
    uses some, and ``open_here`` counts those on this channel. Single-tasking: nothing else may
    be open, and it counts those on all channels.
    """
    if not activity_available:
        return NoRoom.ACTIVITY
    if not multi_task:
        return NoRoom.BUSY if open_here else None
    if not channel.available:
        return NoRoom.CHANNEL
    return NoRoom.CAPACITY if open_here >= channel.configured_capacity else None


def assigned_tasks(open_on_channel: Collection[Reservation]) -> int:
    """Tasks accepted and not finished; pending Reservations do not count."""
    return sum(reservation.reservation_status == "accepted" for reservation in open_on_channel)


def available_capacity_percentage(channel: WorkerChannel, open_on_channel: int) -> int:
    """Free capacity, rounded down; 0 for a channel without any (reference 3.4e: our choice)."""
    if channel.configured_capacity == 0:
        return 0
    free = max(0, channel.configured_capacity - open_on_channel)
    return 100 * free // channel.configured_capacity
