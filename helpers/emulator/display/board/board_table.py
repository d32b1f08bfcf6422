"""Tables of the board in words: at most 50 rows each, with the number of all in the title."""

from __future__ import annotations

from datetime import datetime

from ..blocks import Column, Table
from ..durations import span
from ..safe_text import one_line
from .workspace_snapshot import WorkspaceSnapshot

__all__ = ["IN_WORDS", "age", "board_table"]

IN_WORDS = 50


def board_table(title: str, columns: tuple[Column, ...], rows: list[tuple[object, ...]], empty: str) -> Table:
    """Return the table; ``empty`` replaces it if there are no rows."""
    shown = tuple(tuple(one_line(cell) for cell in row) for row in rows[:IN_WORDS])
    return Table(f"{title} ({len(rows)})", columns, shown, empty, more=max(0, len(rows) - IN_WORDS))


def age(snapshot: WorkspaceSnapshot, moment: datetime) -> str:
    """Return the time from ``moment`` to the snapshot, in words."""
    return span((snapshot.clock.now - moment).total_seconds())
