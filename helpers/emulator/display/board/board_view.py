"""The board of a Workspace: TaskQueues with their waiting Tasks, open Reservations, and Workers.

Each part has a module here, with its table for words and its state, and a script of its name in ``static/board``.
"""

from __future__ import annotations

from typing import Any

from ..blocks import Table
from .board_queues import queue_states, queue_tables
from .board_reservations import reservation_state, reservation_table
from .board_workers import worker_state, worker_table
from .workspace_snapshot import WorkspaceSnapshot

__all__ = ["board_state", "board_tables"]


def board_tables(snapshot: WorkspaceSnapshot) -> tuple[Table, ...]:
    """Return the board in words."""
    return *queue_tables(snapshot), reservation_table(snapshot), worker_table(snapshot)


def board_state(snapshot: WorkspaceSnapshot) -> dict[str, Any]:
    """Return the board as the widget draws it, with moments instead of ages, which change all the time."""
    return {"queues": queue_states(snapshot), **reservation_state(snapshot), **worker_state(snapshot)}
