"""The table of TaskRouter's operations, one resource a module."""

from __future__ import annotations

from ..operation import Operation
from . import (
    activities,
    events,
    reservations,
    task_channels,
    task_queue_statistics,
    task_queues,
    tasks,
    worker_channels,
    worker_statistics,
    workers,
    workflow_statistics,
    workflows,
    workspace_statistics,
    workspaces,
)

__all__ = ["OPERATIONS"]

OPERATIONS: tuple[Operation, ...] = (
    *workspaces.OPERATIONS,
    *activities.OPERATIONS,
    *task_channels.OPERATIONS,
    *task_queues.OPERATIONS,
    *workers.OPERATIONS,
    *worker_channels.OPERATIONS,
    *workflows.OPERATIONS,
    *tasks.OPERATIONS,
    *reservations.OPERATIONS,
    *events.OPERATIONS,
    *workspace_statistics.OPERATIONS,
    *workflow_statistics.OPERATIONS,
    *task_queue_statistics.OPERATIONS,
    *worker_statistics.OPERATIONS,
)
