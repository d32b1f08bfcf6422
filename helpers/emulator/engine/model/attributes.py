"""JSON that travels as text: Task and Worker attributes, Workflow configurations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import msgspec

from ...masking import shortened
from .refusals import Invalid

__all__ = ["MAX_ATTRIBUTES", "compact", "compact_json", "parsed"]

MAX_ATTRIBUTES = 4096
"""Characters, white space included (reference 11a)."""

_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')


def compact(text: str, parameter: str = "Attributes") -> str:
    """``text`` as Twilio gives it back: no insignificant white space, keys in their order.

    Raises:
        Invalid: not JSON, not an object, or longer than 4096 characters; the message names ``parameter``.
    """
    if len(text) > MAX_ATTRIBUTES:
        raise Invalid(f"{parameter} is {len(text)} characters long; at most {MAX_ATTRIBUTES} are allowed")
    with _refusing(text, parameter):
        value = msgspec.json.decode(text or "{}")
        compacted = msgspec.json.encode(value).decode()
    if not isinstance(value, dict):
        raise Invalid(f"{parameter} must be a JSON object. Received: {shortened(text)}")
    return compacted


def compact_json(text: str, parameter: str) -> str:
    """``text`` of any length and shape without insignificant white space, and without escapes that say nothing.

    What it spells is not built, which would take several times as long.

    Raises:
        Invalid: not JSON, or nested too deeply; the message names ``parameter``.
    """
    with _refusing(text, parameter):
        compacted = msgspec.json.format(text, indent=-1)
        return _STRING.sub(_plainly, compacted) if "\\u" in compacted or "\\/" in compacted else compacted


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


def _plainly(string: re.Match[str]) -> str:
    """A string as it is encoded here."""
    spelt = string[0]
    return msgspec.json.encode(msgspec.json.decode(spelt)).decode() if "\\" in spelt else spelt


@contextmanager
def _refusing(text: str, parameter: str) -> Iterator[None]:
    try:
        yield
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise Invalid(f"{parameter} is not valid JSON: {error}. Received: {shortened(text)}") from None
    except RecursionError:
        raise Invalid(f"{parameter} is nested too deeply") from None
