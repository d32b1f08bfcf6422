"""Edits that make a false expression true: from a corrected spelling to another value."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from ..evaluation.compiler import constant_value
from ..evaluation.lookup import Names, read
from ..grammar.nodes import AllOf, AnyOf, Comparison, Group, Node, Operand, Path, Reference
from ..values import RULES, Rule, ValueKind, as_number, kind
from .null_reasons import guess_path

__all__ = ["Edit", "MayWrite", "apply_edits", "find_edits"]

MayWrite = Callable[[Path], bool]

_MIRRORED = {
    "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=", "IN": "HAS", "HAS": "IN", "NOT IN": "LACKS",
}  # fmt: skip
"""Operator as seen from its right side."""

_RULES: dict[str, Rule] = {**RULES, "LACKS": lambda items, value: RULES["NOT IN"](value, items)}


class Edit(msgspec.Struct, frozen=True):
    """One value to write.

    Attributes:
        path: where to write it.
        value: what to write.
        instead_of: the misspelt path that has the value now, if there is one.
        slip: True if only the spelling changes: key, capitals, or kind of value.
    """

    path: Path
    value: Any
    instead_of: Path | None = None
    slip: bool = False


def find_edits(node: Node, names: Names, may_write: MayWrite) -> tuple[Edit, ...] | None:
    """Return the edits that make ``node`` true: () if it is true, None if no way is known."""
    match node:
        case Group(inner=inner):
            return find_edits(inner, names, may_write)
        case AllOf(clauses=clauses):
            parts = [find_edits(clause, names, may_write) for clause in clauses]
            known = [part for part in parts if part is not None]
            return tuple(edit for part in known for edit in part) if len(known) == len(parts) else None
        case AnyOf(clauses=clauses):
            ways = (find_edits(clause, names, may_write) for clause in clauses)
            return min((way for way in ways if way is not None), key=_effort, default=None)
        case Comparison():
            return _comparison(node, names, may_write)


def apply_edits(names: Mapping[str, Any], edits: Iterable[Edit]) -> dict[str, Any]:
    """Return a copy of ``names`` with the edits made and the misspelt keys removed."""
    copy: dict[str, Any] = json.loads(json.dumps(names))
    for edit in edits:
        if edit.instead_of is not None:
            _parent(copy, edit.instead_of).pop(edit.instead_of[-1], None)
        _parent(copy, edit.path)[edit.path[-1]] = edit.value
    return copy


def _parent(names: dict[str, Any], path: Path) -> dict[str, Any]:
    found = names
    for part in path[:-1]:
        if not isinstance(found.get(part), dict):
            found[part] = {}
        found = found[part]
    return found


def _effort(edits: tuple[Edit, ...]) -> tuple[int, int]:
    return sum(not edit.slip for edit in edits), len(edits)


def _comparison(node: Comparison, names: Names, may_write: MayWrite) -> tuple[Edit, ...] | None:
    if RULES[node.operator](_value(node.left, names), _value(node.right, names)):
        return ()
    ways = [(edit,) for edit in _ways(node, names) if may_write(edit.path)]
    return min(ways, key=_effort, default=None)


def _ways(node: Comparison, names: Names) -> Iterator[Edit]:
    """Yield edits of one side, each of which makes the comparison true."""
    if isinstance(node.left, Reference):
        yield from _edits_of(node.left.path, node.operator, _value(node.right, names), names)
    if isinstance(node.right, Reference) and node.operator in _MIRRORED:
        yield from _edits_of(node.right.path, _MIRRORED[node.operator], _value(node.left, names), names)


def _edits_of(path: Path, operator: str, other: Any, names: Names) -> Iterator[Edit]:
    """Yield edits that make ``path operator other`` true; none if the path leads into a list."""
    meant = guess_path(path, names) if read(names, path) is None else None
    current = read(names, meant or path)
    if any(part.isdecimal() for part in path):
        return
    if meant is not None and _RULES[operator](current, other):
        yield Edit(path, current, meant, slip=True)
        return
    for value, slip in _values(operator, current, other):
        if _RULES[operator](value, other):
            yield Edit(path, value, meant if slip else None, slip)


def _values(operator: str, current: Any, other: Any) -> Iterator[tuple[Any, bool]]:
    """Yield values that can make ``value operator other`` true, each with True if it means the same as ``current``."""
    match operator:
        case "==":
            yield other, _means(current, other)
        case "!=":
            yield (not other if isinstance(other, bool) else None), False
        case "LACKS":
            kept = current if isinstance(current, list) else []
            yield [item for item in kept if not RULES["=="](item, other)], False
        case "<" | "<=" | ">" | ">=":
            number = as_number(other) if isinstance(other, str) else other
            if isinstance(number, int | float) and kind(number) is ValueKind.NUMBER:
                yield number + {"<": -1, ">": 1}.get(operator, 0), False
        case "HAS":
            yield from _lists(current, other)
        case "IN" if isinstance(other, list):
            yield from ((item, True) for item in other if _means(current, item))
            yield from ((item, False) for item in other[:1])
        case "CONTAINS" if isinstance(other, str):
            near = isinstance(current, str) and other.casefold() in current.casefold()
            yield (f"{current} {other}" if isinstance(current, str) and not near else other), near


def _lists(current: Any, wanted: Any) -> Iterator[tuple[list[Any], bool]]:
    """Yield lists with ``wanted`` in them, made from the current value, each with True if it means the same."""
    match current:
        case None:
            yield [wanted], False
        case list():
            same = [wanted if _means(item, wanted) else item for item in current]
            yield (same, True) if same != current or wanted in same else ([*current, wanted], False)
        case str():
            yield from _lists(_guess_list(current), wanted)
        case _:
            yield ([wanted], True) if _means(current, wanted) else ([current, wanted], False)


def _guess_list(text: str) -> list[Any]:
    """Return the list that a text was probably meant to be: JSON inside JSON, or words separated by commas."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    return value if isinstance(value, list) else [part.strip() for part in text.split(",") if part.strip()]


def _means(value: Any, wanted: Any) -> bool:
    """Return True if ``value`` is ``wanted`` in other capitals, as another kind of value, or inside a list."""
    if isinstance(value, list):
        return any(_means(item, wanted) for item in value)
    if isinstance(value, dict) or value is None or wanted is None:
        return False
    return _normalize(value) == _normalize(wanted)


def _normalize(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text.strip().strip("\"'").casefold()


def _value(operand: Operand, names: Names) -> Any:
    return read(names, operand.path) if isinstance(operand, Reference) else constant_value(operand)
