"""Counts of events, and times between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ...clock import Millis
from ..model.resources import Event

__all__ = ["RESERVATION_COUNTERS", "count_reservations", "seconds_since", "select_by_channel", "summarize_durations"]

RESERVATION_COUNTERS = {
    "reservations_created": "reservation.created",
    "reservations_accepted": "reservation.accepted",
    "reservations_rejected": "reservation.rejected",
    "reservations_timed_out": "reservation.timeout",
    "reservations_canceled": "reservation.canceled",
    "reservations_rescinded": "reservation.rescinded",
}


def select_by_channel(events: Iterable[Event], task_channel: str | None) -> list[Event]:
    """Return the events about Tasks on a channel, named by SID or unique name; all of them for None."""
    if task_channel is None:
        return list(events)
    return [
        event
        for event in events
        if task_channel in (event.data.get("task_channel_sid"), event.data.get("task_channel_unique_name"))
    ]


def count_reservations(events: Iterable[Event]) -> dict[str, int]:
    """Return the six counters of Reservations by name (reference 9.2a)."""
    seen = Counter(event.event_type for event in events)
    return {name: seen[event_type] for name, event_type in RESERVATION_COUNTERS.items()}


def seconds_since(event: Event, key: str) -> int | None:
    """Return whole seconds from the time in the event's data under ``key`` to the event; None without such a time."""
    moment = event.data.get(key)
    return None if moment is None else max(0, event.event_date_ms - int(moment)) // 1000


def summarize_durations(times: Sequence[Millis]) -> dict[str, Any]:
    """Return average (rounded), minimum, maximum and sum of times in seconds; all 0 if there are none."""
    if not times:
        return {"avg": 0, "min": 0, "max": 0, "total": 0}
    total = sum(times)
    return {"avg": round(total / len(times)), "min": min(times), "max": max(times), "total": total}
