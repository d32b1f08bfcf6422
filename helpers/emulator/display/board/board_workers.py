"""Workers of the board in words, with their Activity and the capacity in use."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from ...engine.model import defaults
from ..blocks import Column, Table
from ..capacity_words import capacity_words
from ..safe_text import one_line
from .board_table import board_table
from .channel_use import ChannelUse
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
    use = ChannelUse(chain.from_iterable(snapshot.reservations.values()), snapshot.tasks)
    rows = [worker_row(each, snapshot.channels.get(each.sid, ()), use) for each in snapshot.workers.values()]
    return board_table("Workers", WORKER_COLUMNS, rows, "no Workers in this Workspace")


def worker_row(worker: Any, channels: Iterable[Any], use: ChannelUse) -> tuple[object, ...]:
    """Return a Worker with the capacity in use, one cell for each of ``WORKER_COLUMNS``."""
    available = "available" if worker.available else "not available"
    capacity = "; ".join(channel_words(channels, use))
    return worker.friendly_name, worker.activity_name, available, capacity, worker.attributes


def channel_words(channels: Iterable[Any], use: ChannelUse) -> list[str]:
    """Return the capacity of a Worker's channels in use, or of the first one if none is: ``default 1 of 1 pending``."""
    every = [(each, use.of(each)) for each in channels]
    usual = [each for each in every if each[0].task_channel_unique_name == defaults.TASK_CHANNEL] or every[:1]
    used = [each for each in every if any(each[1].values())] or usual
    return [
        f"{one_line(channel.task_channel_unique_name)} {capacity_words(held, int(channel.configured_capacity))}"
        for channel, held in used
    ]
