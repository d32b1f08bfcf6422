"""Both sides of a comparison, formatted for sentences about it."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from ..evaluation.lookup import Names
from ..evaluation.scope import Scope
from ..grammar.nodes import Path
from ..values import ValueKind, kind

__all__ = ["Clause", "Side", "format_value"]

_SHOWN_TEXT = 60
_SHOWN_ITEMS = 6


class Side(msgspec.Struct, frozen=True):
    """One side of a comparison: its label, its value, and its path if it is a name."""

    label: str
    value: Any
    path: Path = ()

    @property
    def kind(self) -> ValueKind:
        """Kind of its value."""
        return kind(self.value)

    @property
    def is_scalar(self) -> bool:
        """True if it is a single value: text, a number or a boolean."""
        return self.kind not in (ValueKind.NULL, ValueKind.LIST, ValueKind.OBJECT)

    @property
    def claim(self) -> str:
        """``level is 3`` for a name, ``3`` for a constant."""
        return f"{self.label} is {format_value(self.value)}" if self.path else format_value(self.value)

    @property
    def named(self) -> str:
        """``level (3)`` for a name, ``3`` for a constant."""
        return f"{self.label} ({format_value(self.value)})" if self.path else format_value(self.value)

    @property
    def typed(self) -> str:
        """``level is a number (3)`` for a name, ``3 is a number`` for a constant."""
        value = format_value(self.value)
        return f"{self.label} is {self.kind} ({value})" if self.path else f"{value} is {self.kind}"


class Clause(msgspec.Struct, frozen=True):
    """Comparison with the names it can read; ``operator`` in canonical spelling, ``written`` as in the text."""

    left: Side
    operator: str
    written: str
    right: Side
    scope: Scope
    names: Names

    @property
    def sides(self) -> tuple[Side, Side]:
        """Left and right."""
        return self.left, self.right

    @property
    def name_first(self) -> tuple[Side, Side]:
        """Both sides, a name before a constant."""
        return (self.left, self.right) if self.left.path or not self.right.path else (self.right, self.left)


def format_value(value: Any) -> str:
    """Return a JSON value on one line, shortened."""
    match value:
        case list():
            items = ["…" if isinstance(item, list | dict) else format_value(item) for item in value[:_SHOWN_ITEMS]]
            return "[" + ", ".join(items + ["…"] * (len(value) > _SHOWN_ITEMS)) + "]"
        case dict():
            return "{…}" if value else "{}"
        case str():
            return _format_text(value)
        case int() if abs(value) >= 10**_SHOWN_TEXT:  # Python can refuse to print it
            return "a number of more than 60 digits"
    return json.dumps(value, default=lambda other: type(other).__name__)


def _format_text(value: str) -> str:
    text = json.dumps(value[:_SHOWN_TEXT] + "…" * (len(value) > _SHOWN_TEXT), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode()  # half a surrogate pair can't be printed
