"""What a view consists of: a few kinds of block, from which words and HTML are made alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Block", "Column", "Fields", "Preformatted", "Sentence", "StageState", "Steps", "Table", "View"]

StageState = Literal["done", "now", "next", "to come", "not reached"]
ColumnKind = Literal["name", "text", "json", "status", "number", "sid"]


@dataclass(frozen=True)
class Sentence:
    """One line of prose."""

    text: str


@dataclass(frozen=True)
class Steps:
    """Stages in their order, each with how far it is."""

    stages: tuple[tuple[str, StageState], ...]


@dataclass(frozen=True)
class Column:
    """A column's heading and what its cells hold, which decides how the widget draws them."""

    title: str
    kind: ColumnKind = "text"


@dataclass(frozen=True)
class Table:
    """Rows of one-line cells; ``more`` counts the rows left out, ``empty`` is said when there are none."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    more: int = 0


@dataclass(frozen=True)
class Fields:
    """Names with values; a value may have several lines. ``unstable`` names those that differ on every run."""

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


Block = Sentence | Steps | Table | Fields | Preformatted


@dataclass(frozen=True)
class View:
    """Everything that is shown of one thing.

    ``blocks`` are the facts for words and HTML. ``static/views/KIND.js`` draws them in a widget, from ``state``
    (plain JSON values); without a kind, words and tables are all there is. ``name`` is the fixed repr.
    """

    kind: str
    name: str
    blocks: tuple[Block, ...]
    state: dict[str, Any] = field(default_factory=dict)
