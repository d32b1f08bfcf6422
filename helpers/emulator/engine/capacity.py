"""How much a Worker can carry on one TaskChannel (reference 3.4)."""

from __future__ import annotations

from collections.abc import Collection

from helpers.emulator.engine.resources import Reservation, WorkerChannel

__all__ = ["assigned_tasks", "available_capacity_percentage", "has_room"]


def has_room(*, activity_available: bool, channel: WorkerChannel, open_here: int, multi_task: bool) -> bool:
    """Whether one more Reservation may reach this Worker on this channel.

    Multitasking: the channel is available and has free capacity; a merely pending Reservation
    uses some, and ``open_here`` counts those on this channel. Single-tasking: nothing else may
    be open, and it counts those on all channels.
    """
    if not activity_available:
        return False
    if not multi_task:
        return open_here == 0
    return channel.available and open_here < channel.configured_capacity


def assigned_tasks(open_on_channel: Collection[Reservation]) -> int:
    """Tasks accepted and not finished; pending Reservations do not count."""
    return sum(reservation.reservation_status == "accepted" for reservation in open_on_channel)


def available_capacity_percentage(channel: WorkerChannel, open_on_channel: int) -> int:
    """Free capacity, rounded down; 0 for a channel without any (reference 3.4, our choice)."""
    if channel.configured_capacity == 0:
        return 0
    free = max(0, channel.configured_capacity - open_on_channel)
    return 100 * free // channel.configured_capacity
