"""The board of a Workspace in words: TaskQueues with their waiting Tasks, open Reservations, and Workers."""

from __future__ import annotations

from ..blocks import Table
from .board_queues import queue_tables
from .board_reservations import reservation_table
from .board_workers import worker_table
from .workspace_snapshot import WorkspaceSnapshot

__all__ = ["board_tables"]


def board_tables(snapshot: WorkspaceSnapshot) -> tuple[Table, ...]:
    """Return the board, one table for each kind of resource."""
    return *queue_tables(snapshot), reservation_table(snapshot), worker_table(snapshot)
