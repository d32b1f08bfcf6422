"""What all tables of resources have in common: at most 50 rows, and words when there are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from ...blocks import Column, Table, View
from ...safe_text import one_line

__all__ = ["SHOWN_ROWS", "table_view"]

SHOWN_ROWS = 50


def table_view(title: str, columns: tuple[Column, ...], rows: Iterable[tuple[object, ...]]) -> View:
    """Build the view of a table titled with the plural of what it lists, such as ``Workers``."""
    given = list(rows)
    shown = tuple(tuple(one_line(cell) for cell in row) for row in given[:SHOWN_ROWS])
    table = Table(
        title=f"{title} ({len(given)})",
        columns=columns,
        rows=shown,
        empty=f"no {title}",
        more=max(0, len(given) - SHOWN_ROWS),
    )
    return View(kind="table", name=f"{title}({len(given)})", blocks=(table,), state=asdict(table))
