"""Counting events and measuring times between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ...clock import Millis
from ..model.resources import Event

__all__ = ["RESERVATION_COUNTERS", "durations", "on_channel", "reservation_counters", "seconds_since"]

RESERVATION_COUNTERS = {
    "reservations_created": "reservation.created",
    "reservations_accepted": "reservation.accepted",
    "reservations_rejected": "reservation.rejected",
    "reservations_timed_out": "reservation.timeout",
    "reservations_canceled": "reservation.canceled",
    "reservations_rescinded": "reservation.rescinded",
}


def on_channel(events: Iterable[Event], task_channel: str | None) -> list[Event]:
    """Events about Tasks on a channel, named by SID or unique name; all of them for None."""
    if task_channel is None:
        return list(events)
    return [
        event
        for event in events
        if task_channel in (event.data.get("task_channel_sid"), event.data.get("task_channel_unique_name"))
    ]


def reservation_counters(events: Iterable[Event]) -> dict[str, int]:
    """The six counters of Reservations."""
    seen = Counter(event.event_type for event in events)
    return {name: seen[event_type] for name, event_type in RESERVATION_COUNTERS.items()}


def seconds_since(event: Event, key: str) -> int | None:
    """Whole seconds from the moment that an event's data name to the event; None if they do not."""
    moment = event.data.get(key)
    return None if moment is None else max(0, event.event_date_ms - int(moment)) // 1000


def durations(times: Sequence[Millis]) -> dict[str, Any]:
    """Average (rounded), least, greatest and sum; all 0 when there was nothing."""
    if not times:
        return {"avg": 0, "min": 0, "max": 0, "total": 0}
    total = sum(times)
    return {"avg": round(total / len(times)), "min": min(times), "max": max(times), "total": total}
