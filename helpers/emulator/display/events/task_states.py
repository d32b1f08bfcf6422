"""States that a Task was in, from its events: since when, in which TaskQueue, with which Workers, and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...engine.model.statuses import ENDED, UNACCEPTED_ENDS
from ..safe_text import one_line
from ..views.sdk_shapes import EventLike
from .event_order import WORKFLOW_TIMEOUT, place_in_moment, workflow_end
from .event_sentences import event_text

__all__ = ["OVER", "TaskEvent", "TaskState", "data_of", "follow", "read_task_events", "reason_in", "which_offer"]

OVER = (*ENDED, "deleted")

_CREATED = "Task created"
_OVER = {
    "task.wrapup": ("wrapping", "wrapping up"),
    "task.completed": ("completed", "completed"),
    "task.canceled": ("canceled", "canceled"),
    "task.deleted": ("deleted", "deleted"),
    "task.system-deleted": ("deleted", "removed by TaskRouter"),
}
"""State that begins with each of these events, and the reason in a word or two."""
_UNACCEPTED = tuple(f"reservation.{end}" for end in UNACCEPTED_ENDS if end != "rescinded")
"""Another Worker's acceptance rescinds a Reservation, so the Task has a state already."""
_OFFERED_AGAIN = {
    "reservation.rejected": "{worker} rejected it",
    "reservation.timeout": "{worker} didn't answer",
    "reservation.canceled": "the one to {worker} was canceled",
    "reservation.rescinded": "the one to {worker} was rescinded",
}
"""Reason why a Task is offered again, by the end of the offer before."""
_ENTRY = ("workflow.target-matched", "task.created", "task-queue.entered", "workflow.entered")
"""Events of a Task that enters a target; where they come twice in a moment, the first target was skipped."""


@dataclass(frozen=True)
class TaskEvent:
    """Event: its type, its time in epoch milliseconds, and its data, text by key."""

    event_type: str
    at_ms: int
    data: Mapping[str, str]

    @property
    def worker(self) -> str:
        """Name of its Worker."""
        return one_line(self.data.get("worker_name") or "a Worker")

    @property
    def text(self) -> str:
        """Sentence about the event, without capital and full stop."""
        return event_text(self.event_type, self.data, task="the Task") or self.event_type


@dataclass(frozen=True)
class TaskState:
    """State that the Task was in; ``workers`` are those reserved, or the one who has the Task."""

    state: str
    since_ms: int
    why: str
    queue: str = ""
    workers: tuple[str, ...] = ()
    reason: str = ""
    """Reason for the end of a Task, TaskRouter's or a program's."""
    end: str = ""
    """End of its Workflow, for a Task that was canceled there."""

    @property
    def is_first(self) -> bool:
        """True for the state in which the Task was created; the first event can be a later one."""
        return self.why == _CREATED


def read_task_events(events: Iterable[EventLike]) -> list[TaskEvent]:
    """Return the events about a Task, earliest first; one that was given twice is there once."""
    once = {getattr(event, "sid", None) or id(event): event for event in events}.values()
    read = [TaskEvent(one_line(event.event_type), _whole(event.event_date_ms), data_of(event)) for event in once]
    told = (each for each in read if each.data.get("task_sid"))
    return sorted(told, key=lambda each: (each.at_ms, place_in_moment(each.event_type)))


def follow(story: Iterable[TaskEvent]) -> list[TaskState]:
    """Return the states of the one Task that ``story`` is about, earliest first."""
    found: list[TaskState] = []
    past: list[TaskEvent] = []
    for each in story:
        if each.event_type == "workflow.target-matched":
            if found and found[-1].state == "pending" and not _is_entry(past):
                found.append(TaskState("pending", each.at_ms, _why_routed(past, each)))
        else:
            _change(found, each, past)
        past.append(each)
        if found and each.event_type != "task-queue.moved":  # it tells of the queue after the present state
            found[-1] = replace(found[-1], queue=one_line(each.data.get("task_queue_name")))
    return found


def reason_in(data: Mapping[str, Any]) -> str | None:
    """Return the reason that the event of a Task's end gives."""
    keys = ("task_canceled_reason", "task_completed_reason", "reason")
    return next((str(data[key]) for key in keys if data.get(key)), None)


def data_of(event: EventLike) -> dict[str, str]:
    """Return an event's data, which some versions of the API give as JSON text."""
    given: Any = event.event_data
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            given = None
    pairs = given.items() if isinstance(given, Mapping) else ()
    return {str(key): str(value) for key, value in pairs if value is not None}


def _change(found: list[TaskState], event: TaskEvent, past: Sequence[TaskEvent]) -> None:
    """Add the state that begins with ``event``, which follows ``past``; most types begin none."""
    if event.event_type == "task.created":
        found.append(TaskState("pending", event.at_ms, _CREATED))
    elif event.event_type == "reservation.created":
        _offer(found, event, past)
    elif event.event_type == "reservation.accepted":
        found.append(TaskState("assigned", event.at_ms, event.text, workers=(event.worker,)))
    elif event.event_type in _UNACCEPTED:
        _take_back(found, event)
    elif event.event_type in _OVER:
        found.append(_end(found, event, past))


def _offer(found: list[TaskState], event: TaskEvent, past: Sequence[TaskEvent]) -> None:
    """Add a reserved Worker. Several can be reserved for one Task; the first who accepts gets it."""
    which = which_offer(past)
    text = f"{event.text} ({which})" if which else event.text
    if found and found[-1].state == "reserved":
        workers, why = (*found[-1].workers, event.worker), f"{found[-1].why}; {text}"
        found[-1] = replace(found[-1], workers=workers, why=why)
    else:
        found.append(TaskState("reserved", event.at_ms, text, workers=(event.worker,)))


def which_offer(past: Sequence[TaskEvent], quote: Callable[[object], str] = one_line) -> str:
    """Return the number of the offer that follows, and how the one before it ended; empty for the first ones.

    Args:
        past: the Task's events before the offer, earliest first.
        quote: makes a name safe to show.
    """
    ended = next((each for each in reversed(past) if each.event_type in _OFFERED_AGAIN), None)
    if ended is None:
        return ""
    after = _OFFERED_AGAIN[ended.event_type].format(worker=quote(ended.data.get("worker_name") or "a Worker"))
    if past[0].event_type not in _ENTRY:  # the first offers aren't in these events
        return f"again, after {after}"
    number = sum(each.event_type == "reservation.created" for each in past) + 1
    return f"offer {number}, after {after}"


def _take_back(found: list[TaskState], event: TaskEvent) -> None:
    """Remove a Worker whose Reservation ended unaccepted: after the last one, a Task that isn't over waits again."""
    if event.data.get("task_assignment_status") in OVER:
        return
    left = found[-1].workers if found and found[-1].state == "reserved" else ()
    others = tuple(worker for worker in left if worker != event.worker)
    if others:
        found[-1] = replace(found[-1], workers=others)
    else:
        found.append(TaskState("pending", event.at_ms, event.text))


def _end(found: list[TaskState], event: TaskEvent, past: Sequence[TaskEvent]) -> TaskState:
    state, words = _OVER[event.event_type]
    # A Task that is deleted later keeps the reason of its end, which is none for that.
    reason = "" if state == "deleted" else one_line(reason_in(event.data) or "")
    end = (
        workflow_end(each.event_type for each in past).value
        if state == "canceled" and reason == WORKFLOW_TIMEOUT
        else ""
    )
    why = f"{words}: {reason}" if reason else words
    workers = found[-1].workers if found and state in ("wrapping", "completed") else ()
    return TaskState(state, event.at_ms, f"{why} ({end})" if end else why, workers=workers, reason=reason, end=end)


def _is_entry(past: Sequence[TaskEvent]) -> bool:
    """Return True if the next target is the Task's first, which it enters as it is created."""
    types = [each.event_type for each in past]
    return "task.created" in types and "workflow.target-matched" not in types


def _why_routed(past: Sequence[TaskEvent], matched: TaskEvent) -> str:
    """Return why a Task that waited went to another target, and its priority if that is another one."""
    before = next((each for each in reversed(past) if each.event_type != "task-queue.moved"), None)
    why = "routed again"
    if before is not None and before.event_type == "task-queue.timeout":
        why = "the target's timeout passed: next target"
    elif before is not None and before.event_type in _ENTRY and before.at_ms == matched.at_ms:
        why = "moved on at once (skip_if): next target"
    priority = matched.data.get("task_priority")
    changed = before is not None and before.data.get("task_priority") not in (None, priority)
    return f"{why}, priority {priority}" if changed and priority else why


def _whole(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
