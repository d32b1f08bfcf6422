"""Search for the event that a learner names: an event itself, its SID, or a Task with a stage of its life."""

from __future__ import annotations

import difflib
from typing import Any

from helpers.connection import connect
from helpers.emulator.display.safe_text import clip, short_sid
from helpers.emulator.timetravel.past import Past
from helpers.errors.time_machine_problems import NoHistory, UnknownMoment

__all__ = ["find_event", "open_past"]

_STAGES = {
    "created": "task.created",
    "task created": "task.created",
    "available": "reservation.created",
    "eligible worker becomes available": "reservation.created",
    "reserved": "reservation.created",
    "worker reserved": "reservation.created",
    "accepted": "reservation.accepted",
    "reservation accepted": "reservation.accepted",
    "assigned": "reservation.accepted",
    "task assigned to worker": "reservation.accepted",
    "rejected": "reservation.rejected",
    "timeout": "reservation.timeout",
    "wrapping": "task.wrapup",
    "completed": "task.completed",
    "canceled": "task.canceled",
}
"""Event types by stage. A Worker is reserved on becoming available, and a Task is assigned on acceptance."""

_SHORT = "created, reserved, accepted, rejected, timeout, completed or canceled"


def open_past() -> Past:
    """Return the history of this kernel's emulator.

    Raises:
        NoHistory: the kernel has none, because it is live or uses ``TASKROUTER_URL``.
    """
    running = connect().emulator
    if running is None:
        raise NoHistory
    return Past(running)


def find_event(past: Past, what: Any, stage: str | None) -> Any:
    """Return the event that ``what`` and ``stage`` name.

    Args:
        what: an event, a Task, or the SID of either.
        stage: for a Task: one of the five stages, a shorter word for it, or the type of an event.

    Raises:
        UnknownMoment: there is no such event; the text says what to pass.
    """
    sid = what if isinstance(what, str) else getattr(what, "sid", None)
    if isinstance(sid, str) and sid.startswith("EV"):
        event = past.event(sid)
        if event is None:
            raise UnknownMoment(
                f"Event {short_sid(sid)}", "hasn't happened here. Choose one from `workspace.events.list()`."
            )
        return event
    if isinstance(sid, str) and sid.startswith("WT"):
        return _find_in_task(past, sid, stage)
    raise UnknownMoment(
        f"{type(what).__name__} {clip(str(what), 60)!r}",
        'isn\'t a moment. Pass an event, or a Task and one of its stages, for example `task, "created"`.',
    )


def _find_in_task(past: Past, task_sid: str, stage: str | None) -> Any:
    events = past.events_of(task_sid)
    name = f"Task {short_sid(task_sid)}"
    if not events:
        raise UnknownMoment(name, "is unknown to this emulator. Choose one from `workspace.tasks.list()`.")
    happened = ", ".join(dict.fromkeys(event.event_type for event in events))
    if stage is None:
        raise UnknownMoment(name, f"alone isn't a moment. Add a stage in quotes: {_SHORT}.")
    event_type = _read_stage(stage, {event.event_type for event in events})
    event = next((event for event in events if event.event_type == event_type), None)
    if event is None:
        raise UnknownMoment(name, f"has had no {event_type} yet. It has had: {happened}.")
    return event


def _read_stage(stage: str, happened: set[str]) -> str:
    wanted = str(stage).strip().lower()
    if wanted in _STAGES or wanted in happened or wanted in _STAGES.values():
        return _STAGES.get(wanted, wanted)
    close = difflib.get_close_matches(wanted, [*_STAGES, *happened], n=1)
    meant = f" Did you mean {close[0]!r}?" if close else ""
    rule = f"isn't a stage.{meant} Stages are {_SHORT}. You can also pass an event's type."
    raise UnknownMoment(f"{clip(str(stage), 60)!r}", rule)
