"""JSON that travels as text: Task and Worker attributes, Workflow configurations."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from helpers.emulator.engine.refusals import Invalid
from helpers.emulator.masking import masked

__all__ = ["MAX_ATTRIBUTES", "compact", "parsed", "read_json"]

MAX_ATTRIBUTES = 4096
"""Characters, white space included (reference 1.6)."""


def read_json(text: str, parameter: str) -> Any:
    """The value that ``text`` spells.

    Raises:
        Invalid: it is not JSON, or nested too deeply; the message names ``parameter``.
    """
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise Invalid(f"{parameter} is not valid JSON: {error}. Received: {_shortened(text)}") from None
    except RecursionError:
        raise Invalid(f"{parameter} is nested too deeply") from None


def compact(text: str, parameter: str = "Attributes") -> str:
    """``text`` as Twilio gives it back: no insignificant white space, keys in their order.

    Raises:
        Invalid: not JSON, not an object, or longer than 4096 characters.
    """
    if len(text) > MAX_ATTRIBUTES:
        raise Invalid(f"{parameter} is {len(text)} characters long; at most {MAX_ATTRIBUTES} are allowed")
    value = read_json(text or "{}", parameter)
    if not isinstance(value, dict):
        raise Invalid(f"{parameter} must be a JSON object. Received: {_shortened(text)}")
    try:
        return msgspec.json.encode(value).decode()
    except RecursionError:
        raise Invalid(f"{parameter} is nested too deeply") from None


def parsed(text: str) -> dict[str, Any]:
    """The object that stored attributes spell; shared, so nobody may change it."""
    return _parse_short(text) if len(text) <= _SHORT else _parse_long(text)


def _parse(text: str) -> dict[str, Any]:
    value: dict[str, Any] = msgspec.json.decode(text)
    return value


# A character may become 45 bytes: both together stay below 200 MB, whatever is remembered.
_SHORT = 256
_parse_short = lru_cache(maxsize=8192)(_parse)
_parse_long = lru_cache(maxsize=512)(_parse)


def _shortened(text: str) -> str:
    text = masked(text)
    return text if len(text) <= 80 else text[:77] + "..."
