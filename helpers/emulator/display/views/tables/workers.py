"""Table of Workers, with Activity and attributes."""

from __future__ import annotations

from collections.abc import Iterable

from ...blocks import Column, View
from ..sdk_shapes import WorkerLike
from .table_view import table_view

__all__ = ["workers_view"]

_COLUMNS = (
    Column("Worker", "name"),
    Column("Activity", "text"),
    Column("Available", "status"),
    Column("Attributes", "json"),
    Column("SID", "sid"),
)


def workers_view(workers: Iterable[WorkerLike]) -> View:
    """List Workers in the order given; the Activity decides if a Worker is available."""
    return table_view("Workers", _COLUMNS, map(_row, workers))


def _row(worker: WorkerLike) -> tuple[object, ...]:
    available = "available" if worker.available else "not available"
    return worker.friendly_name, worker.activity_name, available, worker.attributes, worker.sid
