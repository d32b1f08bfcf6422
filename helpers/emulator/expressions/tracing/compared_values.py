"""Constants that an expression compares each name with: values worth trying."""

from __future__ import annotations

from typing import Any

from ..evaluation.compiler import constant_value
from ..grammar.nodes import Node, Path, Reference, walk

__all__ = ["compared_values"]


def compared_values(node: Node) -> dict[Path, list[Any]]:
    """Return the constants beside each path, without repeats; the items of a list count one by one."""
    found: dict[Path, list[Any]] = {}
    for comparison in walk(node):
        for name, other in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
            if not isinstance(name, Reference):
                continue
            values = found.setdefault(name.path, [])
            given = None if isinstance(other, Reference) else constant_value(other)
            values += [each for each in (given if isinstance(given, list) else [given]) if _is_new(each, values)]
    return found


def _is_new(value: Any, values: list[Any]) -> bool:
    return value is not None and not any(type(each) is type(value) and each == value for each in values)
