"""Walk through the texts and numbers in plain JSON values, JSON inside of texts included."""

from __future__ import annotations

import json
from typing import Any, Protocol

from .contact_data import ContactKind, names_a_person

__all__ = ["Visitor", "walk_text"]

_NOT_READ = (ValueError, RecursionError)


class Visitor(Protocol):
    """Visitor of the values; each ``visit`` returns what to put in the place of the value."""

    def kind_of(self, key: str) -> ContactKind | None:
        """Return the kind of contact data that a key promises."""
        ...

    def visit_key(self, key: str) -> str:
        """Visit a key of an object."""
        ...

    def visit_text(self, key: str, text: str, kind: ContactKind | None) -> str:
        """Visit a text with the key it stands under, and the kind of contact data that the key promises."""
        ...

    def visit_number(self, key: str, number: int, kind: ContactKind | None) -> int:
        """Visit a whole number."""
        ...


def walk_text(key: str, text: str, visitor: Visitor, kind: ContactKind | None = None) -> str:
    """Visit a text under ``key``; if it is a JSON object or list, visit what is in it. Return it as it is then."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            value = json.loads(text)
            walked = _walk(key, value, visitor, kind)
        except _NOT_READ:
            return visitor.visit_text(key, text, kind)
        return text if walked == value else _write(walked, like=text)
    return visitor.visit_text(key, text, kind)


def _walk(key: str, value: Any, visitor: Visitor, kind: ContactKind | None) -> Any:
    match value:
        case dict():
            above = None if names_a_person(key) else kind
            return {
                visitor.visit_key(each): _walk(each, inner, visitor, visitor.kind_of(each) or above)
                for each, inner in value.items()
            }
        case list():
            return [_walk(key, each, visitor, kind) for each in value]
        case str():
            return walk_text(key, value, visitor, kind)
        case int() if not isinstance(value, bool):
            return visitor.visit_number(key, value, kind)
        case float() if value.is_integer():
            return float(visitor.visit_number(key, int(value), kind))
    return value


def _write(value: Any, like: str) -> str:
    """Return JSON with blanks where ``like`` has them, and with its way to write other letters."""
    separators = (", ", ": ") if '": ' in like else (",", ":")
    return json.dumps(value, separators=separators, ensure_ascii=like.isascii())
