"""JSON kept as text: attributes of Tasks and Workers, configurations of Workflows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import msgspec

from ...masking import shorten
from .refusals import Invalid

__all__ = ["MAX_ATTRIBUTES", "compact", "compact_json", "decode"]

MAX_ATTRIBUTES = 4096
"""Limit in characters, white space included (reference 11a)."""

_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')


def compact(text: str, parameter: str = "Attributes") -> str:
    """Return ``text`` as Twilio does: without insignificant white space, keys in their order; empty text is ``{}``.

    Raises:
        Invalid: it is not a JSON object, or is longer than ``MAX_ATTRIBUTES``; the message names ``parameter``.
    """
    if len(text) > MAX_ATTRIBUTES:
        raise Invalid(f"{parameter} is {len(text)} characters long; at most {MAX_ATTRIBUTES} are allowed")
    with _refuse_bad_json(text, parameter):
        value = msgspec.json.decode(text or "{}")
        compacted = msgspec.json.encode(value).decode()
    if not isinstance(value, dict):
        raise Invalid(f"{parameter} must be a JSON object. Received: {shorten(text)}")
    return compacted


def compact_json(text: str, parameter: str) -> str:
    """Return JSON ``text`` without insignificant white space and needless escapes.

    The value is not built, which would take several times as long.

    Raises:
        Invalid: it is not JSON, or is nested too deeply; the message names ``parameter``.
    """
    with _refuse_bad_json(text, parameter):
        compacted = msgspec.json.format(text, indent=-1)
        return _STRING.sub(_unescape, compacted) if "\\u" in compacted or "\\/" in compacted else compacted


def decode(text: str) -> dict[str, Any]:
    """Return stored attributes as a dict. It is shared: do not change it."""
    return _parse_short(text) if len(text) <= _SHORT else _parse_long(text)


def _parse(text: str) -> dict[str, Any]:
    value: dict[str, Any] = msgspec.json.decode(text)
    return value


# A character can become 45 bytes once parsed: the two caches together stay below 200 MB.
_SHORT = 256
_parse_short = lru_cache(maxsize=8192)(_parse)
_parse_long = lru_cache(maxsize=512)(_parse)


def _unescape(string: re.Match[str]) -> str:
    """Return a JSON string with no more escapes than it needs."""
    quoted = string[0]
    return msgspec.json.encode(msgspec.json.decode(quoted)).decode() if "\\" in quoted else quoted


@contextmanager
def _refuse_bad_json(text: str, parameter: str) -> Iterator[None]:
    try:
        yield
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise Invalid(f"{parameter} is not valid JSON: {error}. Received: {shorten(text)}") from None
    except RecursionError:
        raise Invalid(f"{parameter} is nested too deeply") from None
