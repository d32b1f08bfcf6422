"""What is waiting and who is there, now (reference 9.2, real-time).

Ages are whole seconds; 0, with a SID of None, where nothing waits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from helpers.emulator.clock import Millis
from helpers.emulator.engine.resources import Task
from helpers.emulator.engine.state import WorkspaceState
from helpers.emulator.engine.states import WAITING

__all__ = ["queue_realtime", "workers_realtime", "workflow_realtime", "workspace_realtime"]

_PRESENT = ("reserved", "pending", "assigned", "wrapping")
"""Tasks in these statuses make up ``total_tasks`` (reference 9.3, our choice)."""

_ALL = (*_PRESENT, "completed", "canceled")


def workspace_realtime(state: WorkspaceState, now: Millis, *, task_channel: str | None = None) -> dict[str, Any]:
    """All Tasks and all Workers."""
    return {
        **_tasks(_on_channel(state, state.tasks.values(), task_channel), now, _PRESENT),
        "activity_statistics": _activities(state, state.activity_counts()),
        "total_workers": len(state.workers),
    }


def workflow_realtime(
    state: WorkspaceState, workflow_sid: str, now: Millis, *, task_channel: str | None = None
) -> dict[str, Any]:
    """The Tasks of a workflow."""
    tasks = (task for task in state.tasks.values() if task.workflow_sid == workflow_sid)
    return _tasks(_on_channel(state, tasks, task_channel), now, _PRESENT)


def queue_realtime(
    state: WorkspaceState, task_queue_sid: str, now: Millis, *, task_channel: str | None = None
) -> dict[str, Any]:
    """The Tasks in a queue, and the Workers it selects.

    An available Worker is one in an available Activity; room on their channels does not matter.
    """
    mine = (task for task in state.tasks.values() if task.task_queue_sid == task_queue_sid)
    tasks = list(_on_channel(state, mine, task_channel))
    counts = state.activity_counts(task_queue_sid)
    age, sid = _longest(((task.task_queue_entered or task.date_created, task) for task in tasks), now)
    return {
        **_tasks(tasks, now, _ALL),
        "activity_statistics": _activities(state, counts),
        "longest_relative_task_age_in_queue": age,
        "longest_relative_task_sid_in_queue": sid,
        "total_available_workers": sum(counts[each.sid] for each in state.activities.values() if each.available),
        "total_eligible_workers": len(state.members(task_queue_sid)),
    }


def workers_realtime(state: WorkspaceState, *, worker_sids: Collection[str] | None = None) -> dict[str, Any]:
    """Workers by Activity: all of them, or those named."""
    if worker_sids is None:
        counts: dict[str, int] = state.activity_counts()
    else:
        counts = Counter(state.workers[sid].activity_sid for sid in worker_sids)
    total = len(state.workers) if worker_sids is None else len(worker_sids)
    return {"activity_statistics": _activities(state, counts), "total_workers": total}


def _on_channel(state: WorkspaceState, tasks: Iterable[Task], task_channel: str | None) -> Iterable[Task]:
    if task_channel is None:
        return tasks
    channel = state.channel(task_channel)
    return (task for task in tasks if channel is not None and task.task_channel_sid == channel.sid)


def _tasks(tasks: Iterable[Task], now: Millis, statuses: Collection[str]) -> dict[str, Any]:
    present = [task for task in tasks if task.assignment_status in _PRESENT]
    by_status = Counter(task.assignment_status for task in present)
    by_priority = Counter(task.priority for task in present)
    age, sid = _longest(((task.date_created, task) for task in present), now)
    return {
        "longest_task_waiting_age": age,
        "longest_task_waiting_sid": sid,
        "tasks_by_priority": {str(priority): by_priority[priority] for priority in sorted(by_priority)},
        "tasks_by_status": {status: by_status[status] for status in statuses},
        "total_tasks": len(present),
    }


def _longest(since: Iterable[tuple[Millis, Task]], now: Millis) -> tuple[int, str | None]:
    """Of Tasks nobody has taken yet, the one that waits longest: its age in seconds and its SID."""
    waiting = ((moment, task.number, task.sid) for moment, task in since if task.assignment_status in WAITING)
    first = min(waiting, default=None)
    return (0, None) if first is None else ((now - first[0]) // 1000, first[2])


def _activities(state: WorkspaceState, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Every Activity of the workspace, those nobody is in included."""
    return [
        {"friendly_name": each.friendly_name, "sid": each.sid, "workers": counts.get(each.sid, 0)}
        for each in state.activities.values()
    ]
