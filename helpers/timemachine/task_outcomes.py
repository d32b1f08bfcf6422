"""Outcome of each Task, read from the events of a Workspace, which are kept longer than the Tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from helpers.emulator.display.events.task_states import TaskEvent, TaskState, follow

__all__ = ["TaskOutcome", "read_outcomes"]

_WORDS = {"pending": "waiting", "assigned": "accepted"}


@dataclass(frozen=True)
class TaskOutcome:
    """Status of a Task at the end of its events. Times are in milliseconds since 1970."""

    attributes: str
    since: int
    """Time of the last change of status or Workers."""
    queue: str = ""
    status: str = "waiting"
    """One of: waiting, reserved, accepted, wrapping, completed, canceled, deleted."""
    workers: tuple[str, ...] = ()
    """Names of the Workers that are reserved, or of the one that has the Task."""
    reason: str = ""
    reserved: int | None = None
    """Time of the last Reservation, or None."""
    accepted: int | None = None
    """Time of the last acceptance, or None."""

    def words(self) -> str:
        """Return words such as ``accepted by Alice``, ``still waiting``, ``canceled (Task TTL Exceeded)``."""
        who = " and ".join(self.workers)
        if self.status == "waiting":
            return "still waiting"
        if self.status in ("canceled", "deleted"):
            return f"{self.status} ({self.reason})" if self.reason else self.status
        if not who:
            return self.status
        return f"reserved for {who}" if self.status == "reserved" else f"{self.status} by {who}"


def read_outcomes(events: Iterable[Any]) -> dict[str, TaskOutcome]:
    """Return the outcomes by Task SID, in order of creation. ``events`` are the emulator's, oldest first."""
    stories: dict[str, list[TaskEvent]] = {}
    for event in events:
        if "task_sid" in event.data:
            told = TaskEvent(event.event_type, event.event_date_ms, event.data)
            stories.setdefault(event.data["task_sid"], []).append(told)
    return {sid: _read_outcome(story, follow(story)) for sid, story in stories.items()}


def _read_outcome(story: Sequence[TaskEvent], states: Sequence[TaskState]) -> TaskOutcome:
    attributes = [each.data["task_attributes"] for each in story if "task_attributes" in each.data]
    text = attributes[-1] if attributes else ""
    if not states:
        return TaskOutcome(text, int(story[0].data["task_date_created"]))
    last = states[-1]
    alike = list(takewhile(lambda each: (each.state, each.workers) == (last.state, last.workers), reversed(states)))
    return TaskOutcome(
        text,
        alike[-1].since_ms,
        last.queue,
        _WORDS.get(last.state, last.state),
        last.workers,
        f"{last.reason}: {last.end}" if last.end else last.reason,
        _latest(states, "reserved"),
        _latest(states, "assigned"),
    )


def _latest(states: Sequence[TaskState], state: str) -> int | None:
    return next((each.since_ms for each in reversed(states) if each.state == state), None)
