"""From the Events of a Task to the states it was in: which, since when, where, with whom and why (reference 8.3)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from helpers.diagrams.diagram_shapes import EventLike
from helpers.emulator.display.board.event_order import WORKFLOW_TIMEOUT, place_in_moment, workflow_end
from helpers.emulator.display.safe_text import one_line, short_sid
from helpers.emulator.engine.model.statuses import ENDED

__all__ = ["OVER", "Happened", "TaskState", "happened", "visits"]

OVER = (*ENDED, "deleted")


@dataclass(frozen=True)
class Happened:
    """One Event: its type, when it was in milliseconds since 1970, and its texts by key."""

    event_type: str
    at_ms: int
    data: Mapping[str, str]

    @property
    def worker(self) -> str:
        """Whom it tells of."""
        return one_line(self.data.get("worker_name") or "a Worker")

    @property
    def reservation(self) -> str:
        """Which Reservation it tells of."""
        return short_sid(self.data.get("reservation_sid", "?"))


@dataclass(frozen=True)
class TaskState:
    """A state the Task was in once; ``workers`` are those reserved, or the one who has the Task."""

    state: str
    since_ms: int
    why: str
    queue: str = ""
    workers: tuple[str, ...] = ()


def happened(events: Iterable[EventLike]) -> list[Happened]:
    """The Events that tell of a Task, earliest first."""
    read = [Happened(one_line(event.event_type), _whole(event.event_date_ms), _data(event)) for event in events]
    told = (each for each in read if each.data.get("task_sid"))
    return sorted(told, key=lambda each: (each.at_ms, place_in_moment(each.event_type)))


def visits(story: Iterable[Happened]) -> list[TaskState]:
    """The states of the one Task that ``story`` tells of."""
    found: list[TaskState] = []
    timed_out = False
    types: list[str] = []
    for each in story:
        types.append(each.event_type)
        if each.event_type == "workflow.target-matched":
            if found and found[-1].state == "pending" and not _is_entry(types):
                why = "the target's timeout passed: next target" if timed_out else "routed again"
                found.append(TaskState("pending", each.at_ms, why))
        elif each.event_type in _TURNS:
            _TURNS[each.event_type](found, each)
        timed_out = each.event_type == "task-queue.timeout" or (timed_out and each.event_type == "task-queue.moved")
        if each.event_type == "task.canceled" and _reason(each) == WORKFLOW_TIMEOUT:
            found[-1] = replace(found[-1], why=f"{found[-1].why} ({workflow_end(types).value})")
        if found and each.event_type != "task-queue.moved":  # it tells of the queue after the present state
            found[-1] = replace(found[-1], queue=one_line(each.data.get("task_queue_name")))
    return found


def _is_entry(types: Sequence[str]) -> bool:
    """Whether the last of these events tells of the very first step, which a Task enters as it is created."""
    return "task.created" in types and types.count(types[-1]) == 1


def _reason(event: Happened) -> str | None:
    return event.data.get("task_canceled_reason") or event.data.get("reason")


def _created(found: list[TaskState], event: Happened) -> None:
    found.append(TaskState("pending", event.at_ms, "Task created"))


def _offered(found: list[TaskState], event: Happened) -> None:
    """Several Workers may be reserved for one Task at once; the first who accepts gets it."""
    why = f"{event.worker} is available: Reservation {event.reservation}"
    if found and found[-1].state == "reserved":
        found[-1] = replace(found[-1], workers=(*found[-1].workers, event.worker), why=f"{found[-1].why}; {why}")
    else:
        found.append(TaskState("reserved", event.at_ms, why, workers=(event.worker,)))


def _accepted(found: list[TaskState], event: Happened) -> None:
    why = f"{event.worker} accepted Reservation {event.reservation}"
    found.append(TaskState("assigned", event.at_ms, why, workers=(event.worker,)))


def _ended(words: str) -> Callable[[list[TaskState], Happened], None]:
    """A Reservation ended unaccepted: the Task waits again if it was the last, and if the Task goes on at all."""

    def turn(found: list[TaskState], event: Happened) -> None:
        left = found[-1].workers if found and found[-1].state == "reserved" else ()
        others = tuple(worker for worker in left if worker != event.worker)
        if event.data.get("task_assignment_status") in OVER:
            return
        if others:
            found[-1] = replace(found[-1], workers=others)
            return
        seconds = event.data.get("reservation_timeout")
        why = words.format(
            worker=event.worker, reservation=event.reservation, within=f" within {seconds} s" if seconds else ""
        )
        found.append(TaskState("pending", event.at_ms, why))

    return turn


def _over(state: str, words: str) -> Callable[[list[TaskState], Happened], None]:
    def turn(found: list[TaskState], event: Happened) -> None:
        reason = _reason(event)
        workers = found[-1].workers if found and state in ("wrapping", "completed") else ()
        why = f"{words}: {one_line(reason)}" if reason else words
        found.append(TaskState(state, event.at_ms, why, workers=workers))

    return turn


_TURNS: dict[str, Callable[[list[TaskState], Happened], None]] = {
    "task.created": _created,
    "reservation.created": _offered,
    "reservation.accepted": _accepted,
    "reservation.rejected": _ended("{worker} rejected Reservation {reservation}"),
    "reservation.timeout": _ended("{worker} did not answer Reservation {reservation}{within}"),
    "reservation.canceled": _ended("Reservation {reservation} of {worker} was canceled"),
    "task.wrapup": _over("wrapping", "wrapping up"),
    "task.completed": _over("completed", "completed"),
    "task.canceled": _over("canceled", "canceled"),
    "task.deleted": _over("deleted", "deleted"),
    "task.system-deleted": _over("deleted", "removed by TaskRouter"),
}
"""What each type of Event does to the states so far; other types change none."""


def _data(event: EventLike) -> dict[str, str]:
    """The Event's data, which some versions of the API give as JSON text."""
    given: Any = event.event_data
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            given = None
    return {str(key): str(value) for key, value in given.items()} if isinstance(given, Mapping) else {}


def _whole(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
