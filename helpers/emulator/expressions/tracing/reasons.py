"""Reasons why a comparison is false, in words for beginners."""

from __future__ import annotations

from collections.abc import Callable

from ..evaluation.lookup import read
from ..grammar.parser import parse_reference
from ..values import RULES, ValueKind, as_number
from .null_reasons import why_null
from .operands import Clause, Side, format_value

__all__ = ["why_false"]


def why_false(clause: Clause) -> str:
    """Return why ``clause`` is false, with a likely fix if there is one. Call it only for a clause that is false."""
    return _quoted_name(clause) or _REASONS[clause.operator](clause)


def _quoted_name(clause: Clause) -> str:
    """Return the reason if one of two constants is the name of an attribute in quotes; empty if neither is."""
    if clause.left.path or clause.right.path:
        return ""
    for side in clause.sides:
        if side.kind is ValueKind.TEXT and read(clause.names, tuple(side.value.split("."))) is not None:
            fact = f"{side.label} in quotes is a text, not the attribute"
            can_be_named = parse_reference(side.value) is not None
            return (
                f"{fact}{f': write {side.value} without quotes' if can_be_named else ', which no expression can name'}"
            )
    return ""


def _not_equal(clause: Clause) -> str:
    first, second = clause.name_first
    if not (first.path or second.path):
        advice = ": an attribute's name has no quotes" if ValueKind.TEXT in (first.kind, second.kind) else ""
        return f"{first.named} and {second.named} are both constants, so this is never true{advice}"
    if ValueKind.NULL in (first.kind, second.kind):
        constant_null = not second.path and second.kind is ValueKind.NULL
        return f"{first.claim}, not null" if constant_null else _null(clause)
    if not (first.is_scalar and second.is_scalar):
        return _compound(clause, "use HAS" if first.path and not first.is_scalar else "use IN")
    if first.kind is second.kind or not (ValueKind.BOOLEAN in (first.kind, second.kind) or _is_wordy(first, second)):
        return f"{first.claim}, not {second.named}{_nearly(first, second)}"
    return _unlike(clause)


def _not_different(clause: Clause) -> str:
    first, second = clause.name_first
    if not first.path and first.is_scalar and second.is_scalar:
        return f"{first.named} and {second.named} are both constants and equal, so this is never true"
    if first.kind is ValueKind.NULL:
        both = f"{first.label} and {second.label} are both missing (null), so they are equal"
        return both if second.path else _null(clause)
    if not (first.is_scalar and second.is_scalar):
        return _compound(clause, "write 'value' NOT IN list")
    return f"{first.claim}: both sides are equal"


def _not_ordered(clause: Clause) -> str:
    left, right = clause.sides
    if ValueKind.NULL in (left.kind, right.kind):
        return _null(clause)
    if not (left.is_scalar and right.is_scalar):
        return _compound(clause, "compare one of its values, such as scores[0]")
    fact = f"{left.named} is not {clause.operator} {right.named}"
    if left.kind is right.kind is ValueKind.TEXT:
        return f"{fact}: two texts are compared letter by letter"
    if ValueKind.BOOLEAN in (left.kind, right.kind) or _is_wordy(left, right):
        return f"{left.typed} and {right.typed}: {clause.operator} compares numbers"
    return fact


def _not_containing(clause: Clause) -> str:
    left, right = clause.sides
    if ValueKind.NULL in (left.kind, right.kind):
        return _null(clause)
    if left.kind is ValueKind.LIST:
        return f"{left.label} is a list: CONTAINS looks inside a text; use HAS"
    if not left.kind is right.kind is ValueKind.TEXT:
        return f"{left.typed} and {right.typed}: CONTAINS looks for text inside text"
    capitals = "; capital letters matter" if right.value.casefold() in left.value.casefold() else ""
    return f"{left.claim}, without {right.named} in it{capitals}"


def _not_having(clause: Clause) -> str:
    items, value = clause.sides
    if clause.written == ">-" and value.kind is ValueKind.NUMBER:
        return f">- means HAS: for a negative number put a space, > -{value.label}"
    if items.kind is ValueKind.NULL:
        return _null(clause)
    if items.kind is not ValueKind.LIST:
        if _spells_list(items):
            return (
                f"{items.label} is a text that spells a list ({format_value(items.value)}): encode it once, not twice"
            )
        return f"{items.typed}, not a list: HAS never matches it; use =={_or_contains(clause)}"
    return _not_member(clause, value) or f"{items.claim}, without {value.named}{_almost_member(value, items)}"


def _not_within(clause: Clause) -> str:
    value, items = clause.sides
    if clause.written == "<-" and items.kind is ValueKind.NUMBER:
        return f"<- means IN: for a negative number put a space, < -{items.label}"
    if items.kind is ValueKind.NULL:
        return _null(clause)
    if items.kind is not ValueKind.LIST:
        return f"{items.typed}, not a list: IN needs a list on its right, such as ['en', 'es']; or use =="
    if not items.value:
        return f"{items.label if items.path else 'the list'} is empty, so no value is in it"
    return _not_member(clause, value) or f"{value.claim}, which is not in {items.named}{_almost_member(value, items)}"


def _not_outside(clause: Clause) -> str:
    value, items = clause.sides
    if items.kind is ValueKind.NULL:
        return _null(clause)
    if items.kind is not ValueKind.LIST:
        return f"{items.typed}, not a list: NOT IN needs a list on its right, such as ['en', 'es']; or use !="
    if not value.is_scalar:
        return _not_member(clause, value)
    return f"{value.claim}, which is in {items.named}"


def _not_member(clause: Clause, value: Side) -> str:
    """Return the reason if a list can't be searched for ``value``; empty if it can."""
    if value.kind is ValueKind.NULL:
        return _null(clause)
    if value.is_scalar:
        return ""
    return f"{value.label} is {value.kind}: {clause.operator} looks for a single value in a list"


def _almost_member(value: Side, items: Side) -> str:
    for item in (Side("", item) for item in items.value):
        if _nearly(value, item):
            return _nearly(value, item)
        if RULES["=="](value.value, item.value):
            return "; inside a list a number and a text are never the same"
    return ""


def _null(clause: Clause) -> str:
    """Return the reason that a side is null, the left one first."""
    side = next(side for side in clause.sides if side.kind is ValueKind.NULL)
    if not side.path:
        return "null can only be compared with == and !="
    reason = why_null(side.path, clause.names, clause.scope)
    if len(side.path) > 1:
        return reason
    of_list = clause.operator == "IN" and clause.right.path  # es IN languages
    if clause.operator in _TAKING_TEXT if side is clause.right else of_list:
        reason += f"; if you mean text, put it in quotes: '{side.label}'"
    elif side is clause.right and clause.left.path and clause.operator in ("IN", "NOT IN"):  # languages IN es
        reason += f"; if you mean a list with one text, write ['{side.label}']"
    return reason


def _compound(clause: Clause, advice: str) -> str:
    side = next(side for side in clause.sides if not side.is_scalar)
    if side.kind is ValueKind.OBJECT:
        advice = "compare one of its keys, such as customer.level"
    return f"{side.label} is {side.kind}: {clause.operator} is always false on {side.kind}; {advice}"


def _unlike(clause: Clause) -> str:
    boolean = any(side.kind is ValueKind.BOOLEAN for side in clause.sides)
    rule = "a boolean equals only true or false, written without quotes" if boolean else "they are never equal"
    return f"{clause.left.typed} and {clause.right.typed}: {rule}"


def _nearly(one: Side, other: Side) -> str:
    texts = one.kind is other.kind is ValueKind.TEXT
    return "; capital letters and spaces matter" if texts and _fold(one.value) == _fold(other.value) else ""


def _fold(text: str) -> str:
    return text.strip().casefold()


def _is_wordy(*sides: Side) -> bool:
    """Return True if one of them is a text that isn't a number."""
    return any(side.kind is ValueKind.TEXT and as_number(side.value) is None for side in sides)


def _spells_list(side: Side) -> bool:
    """Return True for JSON inside JSON, which ``json.dumps`` of a list inside attributes makes."""
    text = side.value.strip() if side.kind is ValueKind.TEXT else ""
    return bool(side.path) and text.startswith("[") and text.endswith("]")


def _or_contains(clause: Clause) -> str:
    return " or CONTAINS" if clause.left.kind is ValueKind.TEXT else ""


_TAKING_TEXT = ("==", "CONTAINS", "HAS")
"""Operators that often have a text on their right, where quotes are easily forgotten."""

_REASONS: dict[str, Callable[[Clause], str]] = {
    "==": _not_equal,
    "!=": _not_different,
    "<": _not_ordered,
    "<=": _not_ordered,
    ">": _not_ordered,
    ">=": _not_ordered,
    "CONTAINS": _not_containing,
    "HAS": _not_having,
    "IN": _not_within,
    "NOT IN": _not_outside,
}
