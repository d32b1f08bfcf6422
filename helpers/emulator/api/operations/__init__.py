"""TaskRouter's operations, one resource a module; this is the one table of them all."""

from __future__ import annotations

from helpers.emulator.api.operation import Operation
from helpers.emulator.api.operations import (
    activities,
    events,
    reservations,
    task_channels,
    task_queues,
    tasks,
    worker_channels,
    workers,
    workflows,
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
)
