"""Texts that were typed: attributes and other JSON, with the place of a mistake."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from ...engine.model.attributes import MAX_ATTRIBUTES, compact
from ...engine.model.refusals import Invalid, Refused

__all__ = ["Misspelt", "check_json", "line_and_column", "read_attributes"]

_ADVICE = (
    ("property name enclosed in double quotes", "Names and texts need double quotes."),
    ("trailing comma", "Remove the comma before the bracket."),
    ("',' delimiter", "A comma is missing before this."),
    ("':' delimiter", "A colon is missing after the name."),
    ("Extra data", "Nothing can follow the closing bracket."),
    ("Unterminated string", "A text that starts here has no double quote at its end."),
    ("control character", "Write a line break or a tab in a text as \\n or \\t."),
    ("escape", "Write a backslash in a text twice."),
    (
        "Expecting value",
        "A value is missing, or a text without double quotes, or True instead of true.",
    ),
)
"""Words of Python's parser, and what to do then."""


class Misspelt(Invalid):
    """Text that isn't what it should be; ``line`` and ``column`` of the mistake count from 1, and are 0 if unknown."""

    def __init__(self, message: str, hint: str = "", *, line: int = 0, column: int = 0) -> None:
        super().__init__(message, hint)
        self.line = line
        self.column = column


def read_attributes(given: Any) -> str:
    """Return attributes as TaskRouter would store them; none at all, or an empty text, are ``{}``.

    Raises:
        Misspelt: it isn't the text of a JSON object, or too long.
    """
    if isinstance(given, dict):
        given = json.dumps(given, ensure_ascii=False)
    text = "" if given is None else given
    if not isinstance(text, str):
        raise Misspelt("Attributes must be an object: start with {.", line=1, column=1)
    if len(text) > MAX_ATTRIBUTES:
        raise Misspelt(f"{len(text):,} of {MAX_ATTRIBUTES:,} characters: TaskRouter refuses longer attributes.")
    if not text.strip():
        return "{}"
    if not isinstance(check_json(text), dict):
        raise Misspelt("Attributes must be an object: start with {.", line=1, column=1)
    try:
        return compact(text)
    except Refused as refused:
        raise Misspelt(f"TaskRouter rejects this: {refused.message}") from None


def check_json(text: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        Misspelt: it isn't JSON; the message has the line: "Line 2: this isn't valid JSON. …"
    """
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        _refuse(text, error.pos, next((words for known, words in _ADVICE if known in error.msg), ""))
    except RecursionError:
        raise Misspelt("This is nested too deeply.") from None
    except ValueError:  # of a whole number with thousands of digits
        raise Misspelt("A number in it is too long.") from None


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """Return line and column of a character, both counted from 1."""
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


def _refuse_constant(name: str) -> NoReturn:
    raise Misspelt(f"{name} isn't valid JSON. Write a number, or null.")


def _refuse(text: str, position: int, advice: str) -> NoReturn:
    line, column = line_and_column(text, position)
    raise Misspelt(f"Line {line}: this isn't valid JSON. {advice}".strip(), line=line, column=column)
