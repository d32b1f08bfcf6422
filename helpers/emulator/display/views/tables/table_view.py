"""Builder of all tables of resources: at most 50 rows, and a sentence if there are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from ...blocks import Column, Table, View
from ...safe_text import one_line

__all__ = ["SHOWN_ROWS", "table_view"]

SHOWN_ROWS = 50


def table_view(
    title: str, columns: tuple[Column, ...], rows: Iterable[tuple[object, ...]], *, count: int | None = None
) -> View:
    """Build the view of a table; its title is the plural of its resource, such as ``Workers``.

    Args:
        count: number of resources, if a row can stand for several of them.
    """
    given = list(rows)
    count = len(given) if count is None else count
    shown = tuple(tuple(one_line(cell) for cell in row) for row in given[:SHOWN_ROWS])
    table = Table(
        title=f"{title} ({count})",
        columns=columns,
        rows=shown,
        empty=f"no {title}",
        more=max(0, len(given) - SHOWN_ROWS),
    )
    return View(kind="table", name=f"{title}({count})", blocks=(table,), state=asdict(table))
