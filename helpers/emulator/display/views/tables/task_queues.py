"""Table of TaskQueues, with the expressions that match their Workers."""

from __future__ import annotations

from collections.abc import Iterable

from ...blocks import Column, View
from ..sdk_shapes import TaskQueueLike
from .table_view import table_view

__all__ = ["queues_view"]

_COLUMNS = (
    Column("TaskQueue", "name"),
    Column("Target Workers", "json"),
    Column("Task order", "text"),
    Column("Max reserved Workers", "number"),
    Column("SID", "sid"),
)


def queues_view(queues: Iterable[TaskQueueLike]) -> View:
    """List TaskQueues in the order given, with the expression that matches their Workers."""
    return table_view("TaskQueues", _COLUMNS, map(_row, queues))


def _row(queue: TaskQueueLike) -> tuple[object, ...]:
    return queue.friendly_name, queue.target_workers, queue.task_order, queue.max_reserved_workers, queue.sid
