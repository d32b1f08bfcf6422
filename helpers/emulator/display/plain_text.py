"""Plain text of a view, for screen readers, GitHub's preview and nbval."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from .blocks import Block, Fields, Link, Preformatted, Sentence, Steps, Table
from .safe_text import hide_ports, isolate

__all__ = ["words"]

_INDENT = "  "


def words(blocks: Iterable[Block]) -> str:
    """Return the blocks as text that is the same on every run: ports are replaced."""
    return hide_ports("\n".join(line.rstrip() for block in blocks for line in _lines(block)))


def _lines(block: Block) -> list[str]:
    match block:
        case Sentence(text):
            return [text]
        case Link(text, url):
            return [f"{text}: {url}"]
        case Steps(stages):
            return [" → ".join(_step(name, state) for name, state in stages)]
        case Table():
            return _table(block)
        case Fields(title, pairs, empty, _):
            return _with_title(title, _pairs(pairs), empty)
        case Preformatted(title, text, empty):
            return _with_title(title, text.split("\n") if text else [], empty)
    assert_never(block)


def _step(name: str, state: str) -> str:
    if state == "done":
        return f"{name} ✓"
    return f"[{name}]" if state == "now" else name


def _table(table: Table) -> list[str]:
    if not table.rows:
        return [table.empty]
    rows = [[column.title for column in table.columns], *([isolate(cell) for cell in row] for row in table.rows)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    heading, *body = (_INDENT.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    more = [f"… and {table.more} more"] if table.more else []
    return [table.title, heading, _INDENT.join("-" * width for width in widths), *body, *more]


def _with_title(title: str, lines: list[str], empty: str) -> list[str]:
    if not lines:
        return [f"{title}: {empty}"]
    return [title, *(_INDENT + line for line in lines)]


def _pairs(pairs: tuple[tuple[str, str], ...]) -> list[str]:
    width = max((len(name) for name, _ in pairs), default=0)
    lines: list[str] = []
    for name, value in pairs:
        first, *others = value.split("\n")
        lines.append(f"{name.ljust(width)}{_INDENT}{isolate(first)}")
        lines.extend(" " * width + _INDENT + isolate(line) for line in others)
    return lines
