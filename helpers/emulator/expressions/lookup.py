"""Finding the value a dotted name stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from helpers.emulator.expressions.nodes import Path

__all__ = ["Names", "read", "reader", "spelled"]

Names = Mapping[str, Any]
"""What an expression can see: top-level names and their plain JSON values."""


@lru_cache(maxsize=1024)
def reader(path: Path) -> Callable[[Names], Any]:
    """A function that reads ``path`` in names; null (None) wherever the way ends early. Never raises."""
    first, rest = path[0], tuple(_step(part) for part in path[1:])

    def read_first(names: Names) -> Any:
        return names.get(first)

    def read_path(names: Names) -> Any:
        value = names.get(first)
        for step in rest:
            if isinstance(step, str):
                value = value.get(step) if isinstance(value, dict) else None
            else:
                value = value[step] if isinstance(value, list) and step < len(value) else None
        return value

    return read_path if rest else read_first


def read(names: Names, path: Path) -> Any:
    """The value at ``path``, or None."""
    return reader(path)(names)


def spelled(path: Path) -> str:
    """``("o", "arr", "2")`` as it is written: ``o.arr[2]``."""
    return path[0] + "".join(f"[{part}]" if part.isdecimal() else f".{part}" for part in path[1:])


def _step(part: str) -> str | int:
    return int(part) if part.isdecimal() else part
