"""Parsing of query strings and urlencoded forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from ...engine.model.refusals import Invalid

__all__ = ["MAX_FIELDS", "UTF_8", "Pairs", "read_pairs"]

Pairs = list[tuple[str, str]]
"""(name, value) pairs in the order of the request, with repeated names."""

MAX_FIELDS = 1000

UTF_8 = frozenset({"utf-8", "utf8", "us-ascii"})
"""Charsets that are accepted; all of them are read as UTF-8."""

_BROKEN_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")

_PIECE = 16 * 1024
"""Bytes decoded at once: no other thread can run meanwhile, and a million escapes take a fifth of a second."""


def read_pairs(encoded: bytes) -> Pairs:
    """Return names and values of a query string or a urlencoded form, in order, with empty values.

    Raises:
        Invalid: not UTF-8, a percent sign without its two digits, or more than 1000 fields.
    """
    if encoded.count(b"&") >= MAX_FIELDS:
        raise Invalid(f"A request carries at most {MAX_FIELDS} parameters")
    try:
        return [_pair(field) for field in encoded.split(b"&") if field]
    except UnicodeDecodeError:
        raise Invalid("Parameters must be encoded as UTF-8") from None


def _pair(field: bytes) -> tuple[str, str]:
    name, _, value = field.partition(b"=")
    return _decode(name), _decode(value)


def _decode(encoded: bytes) -> str:
    spaced = encoded.replace(b"+", b" ")
    return b"".join(map(_unescape, _pieces(spaced))).decode() if b"%" in spaced else spaced.decode()


def _pieces(encoded: bytes) -> Iterator[bytes]:
    """Yield pieces, cut where no escape is split."""
    start = 0
    while start < len(encoded):
        end = start + _PIECE
        escape = encoded.find(b"%", end - 2, end)
        end = end if escape < 0 else escape
        yield encoded[start:end]
        start = end


def _unescape(piece: bytes) -> bytes:
    if broken := _BROKEN_PERCENT.search(piece):
        seen = piece[broken.start() : broken.start() + 3].decode("latin-1")
        raise Invalid(f"Parameters must be percent-encoded: {seen!r} is no code; a percent sign itself is %25")
    return unquote_to_bytes(piece)
