"""Events on the board: time, a sentence and its tone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal

from ..durations import clock_time
from ..events.event_sentences import event_text
from ..safe_text import one_line

__all__ = ["event_row", "event_rows", "event_sentence"]

_TONES: dict[str, Literal["good", "wait", "bad"]] = {
    "reservation.accepted": "good",
    "reservation.completed": "good",
    "task.completed": "good",
    "reservation.created": "wait",
    "reservation.rejected": "bad",
    "reservation.timeout": "bad",
    "reservation.canceled": "bad",
    "reservation.rescinded": "bad",
    "task.canceled": "bad",
    "task-queue.timeout": "bad",
    "workflow.skipped": "bad",
    "workflow.timeout": "bad",
}


def event_sentence(event_type: str, data: Mapping[str, Any], description: str = "") -> str:
    """Return a sentence about the event; Twilio's description if its type is unknown, or a name is missing."""
    text = event_text(event_type, data)
    if text is None:
        return one_line(description) or one_line(event_type)
    return text if text.endswith("…") else f"{text}."


@lru_cache(maxsize=500)  # events never change, and most were in the previous snapshot too
def event_row(event: Any) -> dict[str, str]:
    """Return an event as the widget draws it."""
    return {
        "key": event.sid,
        "time": clock_time(event.event_date),
        "type": one_line(event.event_type),
        "text": event_sentence(event.event_type, event.event_data, event.description),
        "task": event.event_data.get("task_sid") or "",
        "tone": _TONES.get(event.event_type, "plain"),
    }


def event_rows(events: Iterable[Any]) -> list[dict[str, str]]:
    """Return the events as the widget draws them, the newest first."""
    return [event_row(event) for event in reversed(list(events))]
