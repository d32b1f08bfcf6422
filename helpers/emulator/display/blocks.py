"""Blocks of a view: a few kinds, from which both words and HTML are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Block", "Column", "Fields", "Link", "Preformatted", "Sentence", "StageState", "Steps", "Table", "View"]

StageState = Literal["done", "now", "next", "to come", "not reached"]
ColumnKind = Literal["name", "text", "json", "status", "number", "sid"]


@dataclass(frozen=True)
class Sentence:
    """Line of prose."""

    text: str


@dataclass(frozen=True)
class Link:
    """Page that can be opened."""

    text: str
    url: str


@dataclass(frozen=True)
class Steps:
    """Stages in their order, each with its state."""

    stages: tuple[tuple[str, StageState], ...]


@dataclass(frozen=True)
class Column:
    """Heading of a column, and the kind of its cells, which decides how the widget draws them."""

    title: str
    kind: ColumnKind = "text"


@dataclass(frozen=True)
class Table:
    """Rows of one-line cells; ``more`` counts rows left out, ``empty`` replaces a table without rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    more: int = 0


@dataclass(frozen=True)
class Fields:
    """Names with values, which can have several lines. ``unstable`` has names whose values differ on every run."""

    title: str
    pairs: tuple[tuple[str, str], ...]
    empty: str = "none"
    unstable: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Preformatted:
    """Preformatted text under a title."""

    title: str
    text: str
    empty: str = "empty"


Block = Sentence | Link | Steps | Table | Fields | Preformatted


@dataclass(frozen=True)
class View:
    """Content to show, in every form.

    ``blocks`` have the facts for words and HTML. ``static/views/KIND.js`` draws them in a widget, from ``state``
    (plain JSON values); a view without a kind has no widget. ``name`` is the fixed repr.
    """

    kind: str
    name: str
    blocks: tuple[Block, ...]
    state: dict[str, Any] = field(default_factory=dict)
