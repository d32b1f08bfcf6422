"""History of a Task in words, from its events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...display.blocks import Block, Fields, Sentence
from ...display.durations import span
from ...display.events.event_order import WORKFLOW_TIMEOUT, WorkflowEnd, workflow_end
from ...display.events.event_sentences import event_text
from ...display.events.task_states import TaskEvent, data_of, reason_in, which_offer
from ...display.safe_text import pluralize
from ...engine.routing.offers import MAX_ASSIGNMENTS
from ..reading.records import millis
from .phrases import quote, safe

__all__ = ["TaskEvents", "could_have_been_reserved", "explain_end"]

_SHOWN = 40

_OUT_OF_TIME = (
    "The timeout of its last target passed before a Worker was reserved. The default filter is only for Tasks that "
    "no filter matches, not for Tasks whose time is up."
)
_NOWHERE = "No filter matched it, and the Workflow has no default filter. TaskRouter cancels such a Task at once."
_SKIPPED = (
    "No timeout passed at the end. Its last target was skipped (skip_if), no later filter matched it, and the "
    "Workflow has no default filter. TaskRouter gives the same reason for this."
)
_ENDS = {
    WorkflowEnd.SKIPPED: _SKIPPED,
    WorkflowEnd.TIMED_OUT: _OUT_OF_TIME,
    WorkflowEnd.TAKEN_BY_NONE: _NOWHERE,
}
_REASONS = (
    (
        "Max assignment count",
        f"{MAX_ASSIGNMENTS:,} of its Reservations ended without being accepted. TaskRouter makes no more for a Task.",
    ),
    ("Task TTL Exceeded", "Nobody accepted it within its `timeout`, which was set when it was created."),
    ("hangup", "The caller hung up before anybody accepted."),
    ("RoutingTarget not available", "It was for one Worker only, who didn't accept it or couldn't be reached."),
    ("All reservations were completed", "Its Reservation was completed, so the Task was completed, too."),
)

_FOR_WANT_OF_A_WORKER = (WORKFLOW_TIMEOUT, "Task TTL Exceeded", "RoutingTarget not available")


class TaskEvents:
    """Events of one Task, oldest first; ``more`` is True if there are others that weren't read."""

    def __init__(self, events: list[Any], *, more: bool) -> None:
        self.events = events
        self.more = more

    def __bool__(self) -> bool:
        return bool(self.events)

    def last(self, field: str) -> str | None:
        """Return the latest value of a field in the events' data, or None."""
        return next((data[field] for data in map(data_of, reversed(self.events)) if field in data), None)

    def happened(self, event_type: str) -> bool:
        """Return True if there was such an event."""
        return any(event.event_type == event_type for event in self.events)

    def steps(self) -> list[Block]:
        """Return each event in words, with the time since the first."""
        start = millis(self.events[0].event_date) if self.events else 0
        pairs: list[tuple[str, str]] = []
        past: list[TaskEvent] = []
        for event in self.events[:_SHOWN]:
            moment = event.event_date
            since = (millis(moment) - start) / 1000
            when = f"{moment:%H:%M:%S} UTC" + (f", after {span(since)}" if since else "") if moment else "?"
            pairs.append((when, _words(event, past)))
            past.append(TaskEvent(event.event_type, millis(moment), data_of(event)))
        merged = _merge(pairs)
        left_out = len(self.events) - _SHOWN
        if left_out > 0 or self.more:
            merged.append(("then", f"{pluralize(max(left_out, 1), 'more event')}, not shown here"))
        return [Fields("What happened", tuple(merged), empty="this Task's events can't be read any more")]


def explain_end(reason: str | None, past: TaskEvents) -> list[Block]:
    """Return one of TaskRouter's own reasons in plain words; nothing for a reason of the application."""
    if reason and WORKFLOW_TIMEOUT in reason:
        return [Sentence(_ENDS[workflow_end(event.event_type for event in past.events)])]
    words = next((words for known, words in _REASONS if reason and known in reason), None)
    return [] if words is None else [Sentence(words)]


def could_have_been_reserved(reason: str | None) -> bool:
    """Return True if a Task was canceled because nobody was reserved, not by a caller or a program."""
    return reason is not None and any(known in reason for known in _FOR_WANT_OF_A_WORKER)


def _merge(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Merge the events of the same second: a line each, with the time only once."""
    merged: list[tuple[str, str]] = []
    for when, what in pairs:
        if merged and merged[-1][0] == when:
            merged[-1] = (when, f"{merged[-1][1]}\n{what}")
        else:
            merged.append((when, what))
    return merged


def _words(event: Any, past: Sequence[TaskEvent]) -> str:
    event_type, data = event.event_type, data_of(event)
    told = event_text(event_type, data, task="it", quote=quote)
    return f"{safe(event.description) if told is None else told + _detail(event_type, data, past)} ({event_type})"


def _detail(event_type: str, data: Mapping[str, str], past: Sequence[TaskEvent]) -> str:
    """Return what to add to the event's sentence: the attributes, the reason, which offer it is, or what it means."""
    reason = reason_in(data)
    match event_type:
        case "reservation.created" if which := which_offer(past, quote):
            return f": {which}"
        case "task.created":
            return f" with the attributes {safe(data.get('task_attributes', '{}'))}"
        case "task.updated":
            return f"; its attributes are {safe(data.get('task_attributes', '{}'))}"
        case "task.canceled" | "task.completed" if reason:
            return f": {safe(reason)}"
    return _MEANINGS.get(event_type, "")


_MEANINGS = {
    "reservation.accepted": ": the Task is assigned to this Worker",
    "reservation.timeout": ", and got the timeout Activity",
    "reservation.completed": ", and has capacity again",
    "reservation.wrapup": "; the Worker's capacity is still used",
}
