"""Workers of the board in words, with their Activity and the capacity in use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...engine.model import defaults
from ..blocks import Column, Table
from ..safe_text import one_line
from .board_table import board_table
from .workspace_snapshot import WorkspaceSnapshot

__all__ = ["WORKER_COLUMNS", "channel_words", "worker_row", "worker_table"]

WORKER_COLUMNS = (
    Column("Worker", "name"),
    Column("Activity"),
    Column("Available", "status"),
    Column("Capacity in use"),
    Column("Attributes", "json"),
)


def worker_table(snapshot: WorkspaceSnapshot) -> Table:
    """Return the Workers in words."""
    rows = [worker_row(each, snapshot.channels.get(each.sid, ())) for each in snapshot.workers.values()]
    return board_table("Workers", WORKER_COLUMNS, rows, "no Workers in this Workspace")


def worker_row(worker: Any, channels: Iterable[Any]) -> tuple[object, ...]:
    """Return a Worker with the capacity in use, one cell for each of ``WORKER_COLUMNS``."""
    available = "available" if worker.available else "not available"
    capacity = ", ".join(channel_words(channels))
    return worker.friendly_name, worker.activity_name, available, capacity, worker.attributes


def channel_words(channels: Iterable[Any]) -> list[str]:
    """Return the capacity of a Worker's channels in use, or of the first one if none is: ``default 1 of 1``."""
    every = [
        (one_line(each.task_channel_unique_name), _in_use(each), int(each.configured_capacity)) for each in channels
    ]
    usual = [each for each in every if each[0] == defaults.TASK_CHANNEL] or every[:1]
    used = [each for each in every if each[1]] or usual
    return [f"{name} {in_use} of {capacity}" for name, in_use, capacity in used]


def _in_use(channel: Any) -> int:
    """Return how many Tasks a channel has, including those on offer, which count against its capacity."""
    capacity = int(channel.configured_capacity)
    return round(capacity * (100 - int(channel.available_capacity_percentage)) / 100)
