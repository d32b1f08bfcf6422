"""Lookup of dotted names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from ..grammar.nodes import Path

__all__ = ["Names", "format_path", "make_reader", "read"]

Names = Mapping[str, Any]
"""Names an expression can read, with their plain JSON values, by top-level name."""

_DIGITS = 10
_NOWHERE = 10**_DIGITS


@lru_cache(maxsize=1024)
def make_reader(path: Path) -> Callable[[Names], Any]:
    """Return a function that reads ``path`` in names and returns None if there is no such value. It never raises."""
    first, rest = path[0], tuple((part, _index(part)) for part in path[1:])

    def read_first(names: Names) -> Any:
        return names.get(first)

    def read_path(names: Names) -> Any:
        value = names.get(first)
        for key, index in rest:
            if isinstance(value, dict):
                value = value.get(key)
            elif isinstance(value, list) and index < len(value):
                value = value[index]
            else:
                return None
        return value

    return read_path if rest else read_first


def read(names: Names, path: Path) -> Any:
    """Return the value at ``path``, or None."""
    return make_reader(path)(names)


def format_path(path: Path) -> str:
    """Return ``("o", "arr", "2")`` as it is written in an expression: ``o.arr[2]``."""
    return path[0] + "".join(f"[{part}]" if part.isdecimal() else f".{part}" for part in path[1:])


def _index(part: str) -> int:
    """Return the list index that ``part`` names; if it is a key, an index that no list reaches."""
    return int(part) if part.isdecimal() and len(part) < _DIGITS else _NOWHERE
