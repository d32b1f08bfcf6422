"""Capacity of a Worker on a TaskChannel (reference 3.4)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from .resources import Reservation, WorkerChannel
from .statuses import OPEN_RESERVATIONS

__all__ = ["CapacityRule", "assigned_tasks", "available_capacity_percentage", "count_held", "why_no_room"]

_USES = tuple(sorted(OPEN_RESERVATIONS))
"""Statuses of Reservations that use capacity: accepted, which TaskRouter counts as assigned, pending and wrapping."""


class CapacityRule(StrEnum):
    """Reasons why a Worker can't get another Reservation, in the order in which they are checked."""

    ACTIVITY = "activity"
    BUSY = "busy"
    CHANNEL = "channel"
    CAPACITY = "capacity"


def why_no_room(
    *, activity_available: bool, channel: WorkerChannel, open_here: int, multi_task: bool
) -> CapacityRule | None:
    """Return the first rule that keeps another Reservation from this Worker, or None.

    The Worker's Activity must be available. With multitasking, the channel must be available too and have free
    capacity; ``open_here`` counts the open Reservations on this channel, pending ones included. With single-tasking,
    the Worker must have no open Reservation, and ``open_here`` counts those on all channels.
    """
    if not activity_available:
        return CapacityRule.ACTIVITY
    if not multi_task:
        return CapacityRule.BUSY if open_here else None
    if not channel.available:
        return CapacityRule.CHANNEL
    return CapacityRule.CAPACITY if open_here >= channel.configured_capacity else None


def count_held(reservations: Collection[Any]) -> dict[str, int]:
    """Return how many of the Reservations are accepted, pending and wrapping; together they use the capacity."""
    statuses = [each.reservation_status for each in reservations]
    return {status: statuses.count(status) for status in _USES}


def assigned_tasks(open_on_channel: Collection[Reservation]) -> int:
    """Return how many of the open Reservations are accepted; pending and wrapping ones do not count."""
    return count_held(open_on_channel)["accepted"]


def available_capacity_percentage(channel: WorkerChannel, open_on_channel: int) -> int:
    """Return the free capacity in per cent, rounded down; 0 if the capacity is 0 (reference 3.4e: our choice)."""
    if channel.configured_capacity == 0:
        return 0
    free = max(0, channel.configured_capacity - open_on_channel)
    return 100 * free // channel.configured_capacity
