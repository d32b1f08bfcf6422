"""TaskQueues on the board, each with its Tasks that no Worker has accepted yet. Drawn by ``queues.js``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...engine.model.statuses import WAITING
from ..blocks import Column, Table
from ..safe_text import one_line, short_sid
from .board_table import age, board_table
from .workspace_snapshot import WorkspaceSnapshot

__all__ = ["DRAWN", "queue_states", "queue_tables"]

DRAWN = 200
"""Tasks that the widget draws, in all TaskQueues together; it says how many are left out."""

_QUEUES = (
    Column("TaskQueue", "name"),
    Column("Target Workers", "json"),
    Column("Pending", "number"),
    Column("Reserved", "number"),
)
_TASKS = (
    Column("TaskQueue", "name"),
    Column("Task", "sid"),
    Column("Status", "status"),
    Column("Age", "number"),
    Column("Priority", "number"),
    Column("Attributes", "json"),
)


def queue_tables(snapshot: WorkspaceSnapshot) -> tuple[Table, Table]:
    """Return the TaskQueues with their counts, and the Tasks in them."""
    in_queues = {queue.sid: _unaccepted_in(snapshot, queue.sid) for queue in snapshot.queues}
    counts = [_queue_row(queue, in_queues[queue.sid]) for queue in snapshot.queues]
    tasks = [_task_row(snapshot, queue, task) for queue in snapshot.queues for task in in_queues[queue.sid]]
    return (
        board_table("TaskQueues", _QUEUES, counts, "no TaskQueues in this Workspace"),
        board_table("Tasks not accepted yet", _TASKS, tasks, "no Task waits"),
    )


def queue_states(snapshot: WorkspaceSnapshot) -> list[dict[str, Any]]:
    """Return the TaskQueues as the widget draws them, each with its Tasks."""
    return list(_queue_states(snapshot))


def _queue_states(snapshot: WorkspaceSnapshot) -> Iterator[dict[str, Any]]:
    room = DRAWN
    for queue in snapshot.queues:
        unaccepted = _unaccepted_in(snapshot, queue.sid)
        pending, reserved = _counts(unaccepted)
        shown, room = unaccepted[:room], room - len(unaccepted[:room])
        yield {
            "key": queue.sid,
            "name": one_line(queue.friendly_name),
            "target": one_line(queue.target_workers),
            "pending": pending,
            "reserved": reserved,
            "tasks": [_task_state(task) for task in shown],
            "more": len(unaccepted) - len(shown),
        }


def _queue_row(queue: Any, unaccepted: list[Any]) -> tuple[object, ...]:
    return queue.friendly_name, queue.target_workers, *_counts(unaccepted)


def _task_row(snapshot: WorkspaceSnapshot, queue: Any, task: Any) -> tuple[object, ...]:
    waited = age(snapshot, task.date_created)
    return queue.friendly_name, task.sid, task.assignment_status, waited, task.priority, task.attributes


def _task_state(task: Any) -> dict[str, Any]:
    return {
        "key": task.sid,
        "name": short_sid(task.sid),
        "status": one_line(task.assignment_status),
        "about": one_line(task.attributes),
        "priority": int(task.priority or 0),
        "since": round(task.date_created.timestamp()),
    }


def _unaccepted_in(snapshot: WorkspaceSnapshot, queue_sid: str) -> list[Any]:
    """Return the Tasks of a TaskQueue that no Worker has accepted yet, the oldest first."""
    unaccepted = [
        task
        for task in snapshot.tasks.values()
        if task.task_queue_sid == queue_sid and task.assignment_status in WAITING
    ]
    return sorted(unaccepted, key=lambda task: task.date_created)


def _counts(unaccepted: list[Any]) -> tuple[int, int]:
    """Return how many of them wait for a Worker, and how many are offered to one."""
    pending = sum(task.assignment_status == "pending" for task in unaccepted)
    return pending, len(unaccepted) - pending
