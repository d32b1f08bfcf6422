"""Cumulative statistics of the Tasks of a Workspace, a Workflow or a TaskQueue (reference 9.2a).

``events`` are those of the window, of the types in ``TASK_EVENTS``; others aren't counted.
``thresholds`` are the seconds of ``SplitByWaitTime``. All times in the results are whole seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ..model.resources import Event, TaskQueue
from .counting import RESERVATION_COUNTERS, count_reservations, seconds_since, select_by_channel, summarize_durations

__all__ = ["TASK_EVENTS", "queue_cumulative", "workflow_cumulative", "workspace_cumulative"]

TASK_EVENTS = (
    *RESERVATION_COUNTERS.values(),
    "task.created",
    "task.canceled",
    "task.completed",
    "task.deleted",
    "task.system-deleted",
    "task-queue.entered",
    "task-queue.moved",
    "workflow.entered",
    "workflow.timeout",
)

_SPLIT_AT_MOST = 10_000
"""Most Tasks and Reservations counted for each threshold (reference 9.1c)."""

_CREATED = "task_date_created"
_ENTERED = "task_queue_entered_date"


def workspace_cumulative(
    events: Iterable[Event], *, task_channel: str | None = None, thresholds: Sequence[int] = ()
) -> dict[str, Any]:
    """Return the cumulative statistics of all Tasks of the Workspace."""
    found = select_by_channel(events, task_channel)
    seen = Counter(event.event_type for event in found)
    return {
        **_common(found, seen, thresholds),
        "tasks_created": seen["task.created"],
        "tasks_moved": seen["task-queue.moved"],
        "tasks_timed_out_in_workflow": seen["workflow.timeout"],
    }


def workflow_cumulative(
    events: Iterable[Event], workflow_sid: str, *, task_channel: str | None = None, thresholds: Sequence[int] = ()
) -> dict[str, Any]:
    """Return the cumulative statistics of Tasks while they were in the Workflow."""
    found = [each for each in select_by_channel(events, task_channel) if each.data.get("workflow_sid") == workflow_sid]
    seen = Counter(event.event_type for event in found)
    return {
        **_common(found, seen, thresholds),
        "tasks_entered": seen["workflow.entered"],
        "tasks_moved": seen["task-queue.moved"],
        "tasks_timed_out_in_workflow": seen["workflow.timeout"],
    }


def queue_cumulative(
    events: Iterable[Event], queue: TaskQueue, *, task_channel: str | None = None, thresholds: Sequence[int] = ()
) -> dict[str, Any]:
    """Return the cumulative statistics of Tasks while they were in the TaskQueue.

    ``tasks_moved`` counts those that left it for another one. The counters of Reservations start again at 0 when
    ``TargetWorkers`` changes, because they are about other Workers then.
    """
    everything = select_by_channel(events, task_channel)
    found = [each for each in everything if each.data.get("task_queue_sid") == queue.sid]
    seen = Counter(event.event_type for event in found)
    return {
        **_common(found, seen, thresholds),
        **count_reservations(each for each in found if each.event_date_ms >= queue.expression_updated),
        "tasks_entered": seen["task-queue.entered"],
        "tasks_moved": sum(
            each.event_type == "task-queue.moved" and each.data.get("previous_task_queue_sid") == queue.sid
            for each in everything
        ),
        "wait_duration_in_queue_until_accepted": summarize_durations(_waits(found, "reservation.accepted", _ENTERED)),
    }


def _common(events: Sequence[Event], seen: Counter[str], thresholds: Sequence[int]) -> dict[str, Any]:
    accepted = _waits(events, "reservation.accepted", _CREATED)
    canceled = _waits(events, "task.canceled", _CREATED)
    return {
        "avg_task_acceptance_time": summarize_durations(accepted)["avg"],
        **count_reservations(events),
        "wait_duration_until_accepted": summarize_durations(accepted),
        "wait_duration_until_canceled": summarize_durations(canceled),
        "split_by_wait_time": _split(accepted, canceled, thresholds) if thresholds else None,
        "tasks_canceled": seen["task.canceled"],
        "tasks_completed": seen["task.completed"],
        "tasks_deleted": seen["task.deleted"] + seen["task.system-deleted"],
    }


def _waits(events: Iterable[Event], event_type: str, since: str) -> list[int]:
    waits = (seconds_since(event, since) for event in events if event.event_type == event_type)
    return [wait for wait in waits if wait is not None]


def _split(accepted: Sequence[int], canceled: Sequence[int], thresholds: Sequence[int]) -> dict[str, Any]:
    """Return for each threshold how many waited longer (``above``), and how many at most that long (``below``)."""
    return {
        str(threshold): {
            "above": _counts([wait > threshold for wait in canceled], [wait > threshold for wait in accepted]),
            "below": _counts([wait <= threshold for wait in canceled], [wait <= threshold for wait in accepted]),
        }
        for threshold in thresholds
    }


def _counts(canceled: Sequence[bool], accepted: Sequence[bool]) -> dict[str, int]:
    return {
        "tasks_canceled": min(sum(canceled), _SPLIT_AT_MOST),
        "reservations_accepted": min(sum(accepted), _SPLIT_AT_MOST),
    }
