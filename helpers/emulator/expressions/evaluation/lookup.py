"""Finding the value a dotted name stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from ..grammar.nodes import Path

__all__ = ["Names", "read", "reader", "spelled"]

Names = Mapping[str, Any]
"""What an expression can see: top-level names and their plain JSON values."""

_DIGITS = 10
_NOWHERE = 10**_DIGITS


@lru_cache(maxsize=1024)
def reader(path: Path) -> Callable[[Names], Any]:
    """A function that reads ``path`` in names; null (None) wherever the way ends early. Never raises."""
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
    """The value at ``path``, or None."""
    return reader(path)(names)


def spelled(path: Path) -> str:
    """``("o", "arr", "2")`` as it is written: ``o.arr[2]``."""
    return path[0] + "".join(f"[{part}]" if part.isdecimal() else f".{part}" for part in path[1:])


def _index(part: str) -> int:
    """The place in a list that a part of a path names; one that no list has if it is a key."""
    return int(part) if part.isdecimal() and len(part) < _DIGITS else _NOWHERE
