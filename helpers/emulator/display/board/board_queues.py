"""TaskQueues of the board in words, each with its Tasks that no Worker has accepted yet."""

from __future__ import annotations

from typing import Any

from ...engine.model.statuses import WAITING
from ..blocks import Column, Table
from .board_table import age, board_table
from .workspace_snapshot import WorkspaceSnapshot

__all__ = ["queue_tables"]

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
        board_table("Tasks not accepted yet", _TASKS, tasks, "no Tasks in the queues"),
    )


def _queue_row(queue: Any, unaccepted: list[Any]) -> tuple[object, ...]:
    return queue.friendly_name, queue.target_workers, *_counts(unaccepted)


def _task_row(snapshot: WorkspaceSnapshot, queue: Any, task: Any) -> tuple[object, ...]:
    waited = age(snapshot, task.date_created)
    return queue.friendly_name, task.sid, task.assignment_status, waited, task.priority, task.attributes


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
