"""Convertors from the text of a parameter to its value, one for each type of parameter.

A convertor returns the value, or raises ``ValueError`` with the rule that was broken,
worded to follow the parameter's name: ``must be an integer from 1 to 50``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec

from ...sids import is_sid

__all__ = ["Convertor", "boolean", "choice", "integer", "moment", "ordering", "seconds_list", "sid", "text", "url"]

_TRUE = frozenset({"true", "1", "yes"})
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_SECONDS = re.compile(r"[0-9]{1,9}")
_MAX_THRESHOLDS = 50
_EARLIEST_YEAR = 1900
_MAX_URL = 2048


class Convertor(msgspec.Struct, frozen=True):
    """Function that reads values of one type, and their JSON schema for our API description."""

    read: Callable[[str], Any]
    schema: dict[str, Any]


def text(max_length: int | None = None) -> Convertor:
    """Return a convertor for text of at most ``max_length`` characters."""
    if max_length is None:
        return Convertor(str, {"type": "string"})

    def read(given: str) -> str:
        if len(given) > max_length:
            raise ValueError(f"must have at most {max_length} characters, this has {len(given)}")
        return given

    return Convertor(read, {"type": "string", "maxLength": max_length})


def integer(least: int, most: int) -> Convertor:
    """Return a convertor for integers from ``least`` to ``most``, both included."""

    def read(given: str) -> int:
        if _WHOLE.fullmatch(given) is None or not least <= int(given) <= most:
            raise ValueError(f"must be an integer from {least} to {most}")
        return int(given)

    return Convertor(read, {"type": "integer", "minimum": least, "maximum": most})


def boolean() -> Convertor:
    """Return a convertor that reads true, 1 and yes in any case as True, anything else as False (reference 1.1)."""
    schema = {"type": "string", "description": "true, 1 or yes mean true; anything else means false"}
    return Convertor(lambda given: given.lower() in _TRUE, schema)


def choice(*options: str) -> Convertor:
    """Return a convertor for one of ``options``; it is case-sensitive."""
    rule = f"must be one of {', '.join(options)}"
    known = frozenset(options)

    def read(given: str) -> str:
        if given not in known:
            raise ValueError(rule)
        return given

    return Convertor(read, {"type": "string", "enum": list(options)})


def sid(*prefixes: str) -> Convertor:
    """Return a convertor for a SID that begins with one of ``prefixes``; it may belong to no resource."""
    rule = f"must be a SID: {' or '.join(prefixes)} followed by 32 hexadecimal digits, not a name"

    def read(given: str) -> str:
        if not any(is_sid(given, prefix) for prefix in prefixes):
            raise ValueError(rule)
        return given

    return Convertor(read, {"type": "string", "pattern": f"^({'|'.join(prefixes)})[0-9a-fA-F]{{32}}$"})


def url() -> Convertor:
    """Return a convertor for absolute http and https URLs."""
    return Convertor(_read_url, {"type": "string", "format": "uri", "maxLength": _MAX_URL})


def moment() -> Convertor:
    """Return a convertor from ISO 8601, in UTC unless a zone is given, to epoch milliseconds."""
    return Convertor(_read_moment, {"type": "string", "format": "date-time"})


def ordering(fields: dict[str, str], never_together: frozenset[str] = frozenset()) -> Convertor:
    """Return a convertor from ``Field:asc`` and ``Field:desc``, separated by commas, to ``((our name, 1 or -1), ...)``.

    Args:
        fields: Twilio's names of fields → ours.
        never_together: Twilio's names of fields that can't be combined.
    """
    rule = f"must be Field:asc or Field:desc, separated by commas, with Field one of {', '.join(fields)}"

    def read(given: str) -> tuple[tuple[str, int], ...]:
        clauses = [clause.strip().partition(":") for clause in given.split(",")]
        names = [name for name, _, _ in clauses]
        if len(set(names)) < len(names) or any(name not in fields for name in names):
            raise ValueError(rule)
        if never_together and never_together <= set(names):
            raise ValueError(f"cannot combine {' and '.join(sorted(never_together))}")
        return tuple((fields[name], _direction(direction, rule)) for name, _, direction in clauses)

    return Convertor(read, {"type": "string"})


def seconds_list() -> Convertor:
    """Return a convertor for integers of seconds, separated by commas, to a tuple."""

    def read(given: str) -> tuple[int, ...]:
        items = [item.strip() for item in given.split(",")]
        if len(items) > _MAX_THRESHOLDS or not all(_SECONDS.fullmatch(item) for item in items):
            raise ValueError(f"must be whole seconds separated by commas, at most {_MAX_THRESHOLDS} of them")
        return tuple(int(item) for item in items)

    return Convertor(read, {"type": "string"})


def _direction(given: str, rule: str) -> int:
    match given.lower():
        case "asc" | "":
            return 1
        case "desc":
            return -1
    raise ValueError(rule)


def _read_url(given: str) -> str:
    rule = f"must be an absolute http or https URL of at most {_MAX_URL} characters"
    if len(given) > _MAX_URL:  # first, because urlsplit caches its arguments
        raise ValueError(rule)
    try:
        parts = urlsplit(given)
        complete = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise ValueError(rule) from None
    if not complete or any(character <= " " for character in given):
        raise ValueError(rule)
    return given


def _read_moment(given: str) -> int:
    rule = f"must be a date and time such as 2026-03-02T09:00:00Z, from the year {_EARLIEST_YEAR} on"
    try:
        moment_ = datetime.fromisoformat(given)
        moment_ = moment_.replace(tzinfo=UTC) if moment_.tzinfo is None else moment_.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(rule) from None
    if moment_.year < _EARLIEST_YEAR:
        raise ValueError(rule)
    return int(moment_.timestamp() * 1000)
