"""Places in a JSON text: where the value of a path begins, and a character of a text in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

__all__ = ["character_at", "place_of"]

_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_decode = json.JSONDecoder().raw_decode


def place_of(text: str, path: Sequence[str | int]) -> int:
    """Return the offset of the value at ``path`` in valid JSON; of the innermost value that is there, if it isn't."""
    position = _skip(text, 0)
    for step in path:
        inner = next((start for key, start in _members(text, position) if key == step), None)
        if inner is None:
            return position
        position = inner
    return position


def character_at(text: str, start: int, number: int) -> int:
    """Return the offset of a character of the JSON string that begins at ``start``, counted without its escapes."""
    position = start + 1
    for _ in range(number):
        escape = _ESCAPE.match(text, position)
        position = position + 1 if escape is None else escape.end()
    return min(position, len(text))


def _members(text: str, position: int) -> Iterator[tuple[str | int, int]]:
    """Yield key or index, and offset, of each value in the object or list at ``position``."""
    opening = text[position : position + 1]
    if opening not in ("{", "["):
        return
    position, index = _skip(text, position + 1), 0
    while text[position] not in "}]":
        key: str | int = index
        if opening == "{":
            key, position = _decode(text, position)
            position = _skip(text, _skip(text, position) + 1)
        yield key, position
        position = _skip(text, _decode(text, position)[1])
        position = _skip(text, position + 1) if text[position] == "," else position
        index += 1


def _skip(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return position if found is None else found.end()
