"""Names and values as a query string or a urlencoded form carries them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from helpers.emulator.engine.refusals import Invalid

__all__ = ["MAX_FIELDS", "UTF_8", "Pairs", "read_pairs"]

Pairs = list[tuple[str, str]]
"""Names and values in the order in which they came; a repeated name stands several times."""

MAX_FIELDS = 1000

UTF_8 = frozenset({"utf-8", "utf8", "us-ascii"})
"""Names under which the encoding of text may be declared."""

_BROKEN_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def read_pairs(encoded: bytes) -> Pairs:
    """Names and values of a query string or a urlencoded form, in order, empty values kept.

    Raises:
        Invalid: not UTF-8, a percent sign without its two digits, or more than 1000 fields.
    """
    if not encoded:
        return []
    if broken := _BROKEN_PERCENT.search(encoded):
        seen = encoded[broken.start() : broken.start() + 3].decode("latin-1")
        raise Invalid(f"Parameters must be percent-encoded: {seen!r} is no code; a percent sign itself is %25")
    try:
        return parse_qsl(
            encoded.decode(), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MAX_FIELDS
        )
    except UnicodeDecodeError:
        raise Invalid("Parameters must be encoded as UTF-8") from None
    except ValueError:
        raise Invalid(f"A request carries at most {MAX_FIELDS} parameters") from None
