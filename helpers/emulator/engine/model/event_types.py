"""Types of events (reference 8.2), and a sentence about each name that is not one of them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

__all__ = ["EVENT_TYPES", "KEPT_MINUTES", "describe_filter", "names_in", "unknown_types"]

KEPT_MINUTES = 30 * 24 * 60
"""Time for which events are kept and can be listed (reference 2.3f, 8.4d)."""

_KINDS = {
    "workspace": "created updated deleted",
    "activity": "created updated deleted",
    "task-channel": "created updated deleted",
    "task-queue": "created deleted expression.updated entered moved timeout",
    "workflow": "created updated deleted target-matched entered timeout skipped",
    "worker": "created deleted activity.update attributes.update capacity.update channel.availability.update",
    "task": "created updated canceled wrapup completed deleted system-deleted transfer-initiated "
    "transfer-attempt-failed transfer-failed transfer-canceled transfer-completed",
    "reservation": "created accepted rejected timeout canceled rescinded completed wrapup failed",
}

EVENT_TYPES = tuple(f"{kind}.{what}" for kind, all_that_happens in _KINDS.items() for what in all_that_happens.split())


def describe_filter(events_filter: str | None) -> dict[str, Any]:
    """Return ``event_types``, all that exist, and ``unknown_event_types``, a sentence for each name that is none."""
    return {"event_types": list(EVENT_TYPES), "unknown_event_types": unknown_types(names_in(events_filter))}


def names_in(events_filter: str | None) -> list[str]:
    """Return the names in an ``EventsFilter``; an empty list stands for all types."""
    return [name.strip() for name in (events_filter or "").split(",") if name.strip()]


def unknown_types(names: list[str]) -> list[str]:
    """Return a sentence for each name that is no event type, with the nearest type."""
    return [_sentence(name) for name in dict.fromkeys(names) if name not in EVENT_TYPES]


def _sentence(name: str) -> str:
    near = get_close_matches(name.lower().replace("_", "-"), EVENT_TYPES, n=1)
    meant = f" The nearest type is {near[0]}." if near else ""
    return f"No event has the type {name[:80]!r}.{meant}"
