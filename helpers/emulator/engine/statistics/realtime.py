"""Real-time statistics: Tasks and Workers now (reference 9.2b).

Ages are whole seconds, and 0 with a SID of None if nothing waits (reference 9.2i).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from operator import attrgetter
from typing import Any

from ...clock import Millis
from ..model.resources import Task
from ..model.statuses import ENDED, HELD, WAITING
from ..state import WorkspaceState

__all__ = ["queue_realtime", "workers_realtime", "workflow_realtime", "workspace_realtime"]

_PRESENT = ("reserved", "pending", *HELD)
"""Tasks in these statuses make up ``total_tasks`` (reference 14.25: our choice)."""

_ALL = (*_PRESENT, *reversed(ENDED))
"""Keys of ``tasks_by_status``; those of ended Tasks are always 0."""

_RUNS = (("priority", 1), ("date_created", 1))
"""Order that puts Tasks of one priority together, the earliest first."""


def workspace_realtime(state: WorkspaceState, now: Millis, *, task_channel: str | None = None) -> dict[str, Any]:
    """Return the figures of all Tasks and all Workers."""
    return {
        **_tasks(state, _where(state, task_channel), now),
        "activity_statistics": _activities(state, state.activity_counts()),
        "total_workers": len(state.workers),
    }


def workflow_realtime(
    state: WorkspaceState, workflow_sid: str, now: Millis, *, task_channel: str | None = None
) -> dict[str, Any]:
    """Return the figures of a Workflow's Tasks."""
    return _tasks(state, _where(state, task_channel, workflow_sid=workflow_sid), now)


def queue_realtime(
    state: WorkspaceState, task_queue_sid: str, now: Millis, *, task_channel: str | None = None
) -> dict[str, Any]:
    """Return the figures of the Tasks in a TaskQueue, and of the Workers it matches.

    A Worker in an available Activity counts as available, whatever their capacity (reference 9.3i).
    """
    where = _where(state, task_channel, task_queue_sid=task_queue_sid)
    counts = state.activity_counts(task_queue_sid)
    waiting = state.tasks.listing({**where, "assignment_status": WAITING}, (("in_queue_since", 1),))
    age, sid = _age(next(waiting.after(), None), attrgetter("in_queue_since"), now)
    return {
        **_tasks(state, where, now),
        "activity_statistics": _activities(state, counts),
        "longest_relative_task_age_in_queue": age,
        "longest_relative_task_sid_in_queue": sid,
        "total_available_workers": sum(counts[each.sid] for each in state.activities.values() if each.available),
        "total_eligible_workers": len(state.members(task_queue_sid)),
    }


def workers_realtime(state: WorkspaceState, *, worker_sids: Collection[str] | None = None) -> dict[str, Any]:
    """Return Workers by Activity: all of them, or those named."""
    if worker_sids is None:
        counts: dict[str, int] = state.activity_counts()
    else:
        counts = Counter(state.workers[sid].activity_sid for sid in worker_sids)
    total = len(state.workers) if worker_sids is None else len(worker_sids)
    return {"activity_statistics": _activities(state, counts), "total_workers": total}


def _where(state: WorkspaceState, task_channel: str | None, **scope: str) -> dict[str, Collection[str]]:
    """Return the query for Tasks of a Workflow or a TaskQueue, if one is named, on one TaskChannel or on all."""
    channels: Collection[str] = state.task_channels.keys()
    if task_channel is not None:
        named = state.channel(task_channel)
        channels = () if named is None else (named.sid,)
    return {**{field: (sid,) for field, sid in scope.items()}, "task_channel_sid": channels}


def _tasks(state: WorkspaceState, where: dict[str, Collection[str]], now: Millis) -> dict[str, Any]:
    """Return the figures of Tasks, counted in runs of one status, one TaskChannel and one priority."""
    by_status, by_priority = Counter[str](), Counter[int]()
    first_waiting: list[Task] = []
    for first, how_many in state.tasks.runs({**where, "assignment_status": _PRESENT}, _RUNS):
        by_status[first.assignment_status] += how_many
        by_priority[first.priority] += how_many
        if first.assignment_status in WAITING:
            first_waiting.append(first)
    longest = min(first_waiting, key=lambda task: (task.date_created, task.number), default=None)
    age, sid = _age(longest, attrgetter("date_created"), now)
    return {
        "longest_task_waiting_age": age,
        "longest_task_waiting_sid": sid,
        "tasks_by_priority": {str(priority): by_priority[priority] for priority in sorted(by_priority)},
        "tasks_by_status": {status: by_status[status] for status in _ALL},
        "total_tasks": by_status.total(),
    }


def _age(task: Task | None, since: Callable[[Task], Millis], now: Millis) -> tuple[int, str | None]:
    """Return age in seconds and SID of the Task that has waited longest; (0, None) without one."""
    return (0, None) if task is None else ((now - since(task)) // 1000, task.sid)


def _activities(state: WorkspaceState, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Return every Activity of the Workspace with its number of Workers, 0 too (reference 9.2c)."""
    return [
        {"friendly_name": each.friendly_name, "sid": each.sid, "workers": counts.get(each.sid, 0)}
        for each in state.activities.values()
    ]
