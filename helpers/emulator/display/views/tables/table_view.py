"""Builder of all tables of resources: at most 50 rows, and a sentence if there are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from ...blocks import Column, Table, View
from ...safe_text import one_line

__all__ = ["SHOWN_ROWS", "table_view"]

SHOWN_ROWS = 50


def table_view(title: str, columns: tuple[Column, ...], rows: Iterable[tuple[object, ...]]) -> View:
    """Build the view of a table; its title is the plural of its resource, such as ``Workers``."""
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
