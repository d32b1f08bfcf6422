"""Table of Tasks, with status and TaskQueue."""

from __future__ import annotations

from collections.abc import Iterable

from ...blocks import Column, View
from ..sdk_shapes import TaskLike
from .table_view import table_view

__all__ = ["tasks_view"]

_COLUMNS = (
    Column("Task", "sid"),
    Column("Status", "status"),
    Column("Attributes", "json"),
    Column("TaskQueue", "name"),
    Column("TaskChannel", "text"),
    Column("Priority", "number"),
)


def tasks_view(tasks: Iterable[TaskLike]) -> View:
    """List Tasks in the order given, without their ages, which would differ on every run."""
    return table_view("Tasks", _COLUMNS, map(_row, tasks))


def _row(task: TaskLike) -> tuple[object, ...]:
    return (
        task.sid,
        task.assignment_status,
        task.attributes,
        task.task_queue_friendly_name,
        task.task_channel_unique_name,
        task.priority,
    )
