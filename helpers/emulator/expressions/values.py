"""Rules of the operators: the verdict of each for two values (reference 5.3, 14).

A missing attribute is null. ``==`` and ``!=`` compare with null as with any value, so ``x != null``
tests presence, of a list too. Apart from that, every comparison of a list or an object is false; lists
have ``HAS`` and ``IN``. A number and a text that is a number compare as numbers, except inside
lists. A boolean equals only a boolean. No function here raises.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from enum import StrEnum
from types import NoneType
from typing import Any

__all__ = ["RULES", "Rule", "ValueKind", "as_number", "kind"]

Rule = Callable[[Any, Any], bool]
"""Function of the left and the right value that returns the verdict."""

_NUMERIC = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_EXACT_DIGITS = 4000
"""Python converts at most 4300 digits to an int; longer numbers become floats, or infinite."""


class ValueKind(StrEnum):
    """Kind of a JSON value, as a sentence names it."""

    NULL = "null"
    TEXT = "text"
    NUMBER = "a number"
    BOOLEAN = "a boolean"
    LIST = "a list"
    OBJECT = "an object"


_KINDS: dict[type, ValueKind] = {
    NoneType: ValueKind.NULL,
    str: ValueKind.TEXT,
    int: ValueKind.NUMBER,
    float: ValueKind.NUMBER,
    bool: ValueKind.BOOLEAN,
    list: ValueKind.LIST,
}
_SCALARS = frozenset({str, int, float, bool})
_ORDERED = (ValueKind.NUMBER, ValueKind.TEXT)


def kind(value: Any) -> ValueKind:
    """Return the kind of a JSON value; anything that is none of the others counts as an object."""
    return _KINDS.get(type(value), ValueKind.OBJECT)


def as_number(text: str) -> int | float | None:
    """Return the number that ``text`` is in the language's own notation, or None."""
    if not _NUMERIC.fullmatch(text):
        return None
    return float(text) if "." in text or len(text) > _EXACT_DIGITS else int(text)


def _comparable(left: Any, right: Any) -> tuple[Any, Any] | None:
    """Return both sides as two numbers or two texts, or None if they can't be compared."""
    left_kind, right_kind = kind(left), kind(right)
    if left_kind is right_kind:
        return (left, right) if left_kind in _ORDERED else None
    if left_kind is ValueKind.TEXT and right_kind is ValueKind.NUMBER:
        number = as_number(left)
        return None if number is None else (number, right)
    if left_kind is ValueKind.NUMBER and right_kind is ValueKind.TEXT:
        number = as_number(right)
        return None if number is None else (left, number)
    return None


def _equal(left: Any, right: Any) -> bool:
    if type(left) is type(right):
        return left is None or (type(left) in _SCALARS and bool(left == right))
    pair = _comparable(left, right)
    return pair is not None and bool(pair[0] == pair[1])


def _different(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return left is not right
    return type(left) in _SCALARS and type(right) in _SCALARS and not _equal(left, right)


def _ordered(holds: Callable[[Any, Any], Any]) -> Rule:
    def rule(left: Any, right: Any) -> bool:
        pair = _comparable(left, right)
        return pair is not None and bool(holds(*pair))

    return rule


def _contains(left: Any, right: Any) -> bool:
    return type(left) is str and type(right) is str and right in left


def _has(left: Any, right: Any) -> bool:
    return type(left) is list and type(right) in _SCALARS and _among(right, left)


def _in(left: Any, right: Any) -> bool:
    return _has(right, left)


def _not_in(left: Any, right: Any) -> bool:
    if type(right) is not list:
        return False
    return left is None or (type(left) in _SCALARS and not _among(left, right))


def _among(value: Any, items: list[Any]) -> bool:
    if value not in items:
        return False
    if type(value) is str:
        return True
    # In Python 1 == True, in the language it isn't.
    return any(item == value and (type(item) is bool) is (type(value) is bool) for item in items)


RULES: dict[str, Rule] = {
    "==": _equal,
    "!=": _different,
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
    "CONTAINS": _contains,
    "HAS": _has,
    "IN": _in,
    "NOT IN": _not_in,
}
"""Every operator in its plain spelling."""
