"""Text as it may be shown: no hidden control characters, no ports that change, no endless values."""

from __future__ import annotations

import json
import re
import unicodedata

__all__ = [
    "LONG_CHARACTERS",
    "bounded",
    "clipped",
    "counted",
    "isolated",
    "one_line",
    "pretty",
    "printable",
    "short_sid",
    "stable",
]

CELL_CHARACTERS = 120
BLOCK_LINES = 40
LINE_CHARACTERS = 2_000
LONG_CHARACTERS = 20_000

# Control characters but for tab and line end, line and paragraph separators, surrogates, and U+202A-202E and
# U+2066-2069, which reorder everything after them, so that a name could make a row lie about its neighbours.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_LOOPBACK_PORT = re.compile(r"(127\.0\.0\.1|localhost)(:|%3A)\d{1,5}(?!\d)", re.IGNORECASE)


def printable(text: object) -> str:
    r"""Return ``text`` with control, reordering and surrogate characters spelt out (``\u202e``); lines are kept."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", _as_text(text).replace("\r\n", "\n"))


def counted(number: int, noun: str) -> str:
    """Return ``1 Worker``, ``2 Workers``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def one_line(text: object) -> str:
    r"""Return ``text`` fit for one table cell: line ends spelt ``\n``, at most 120 characters."""
    return clipped(printable(text).replace("\n", "\\n").replace("\t", "\\t"), CELL_CHARACTERS)


def pretty(text: object) -> str:
    """Indent ``text`` when it is a JSON object or array; keep at most 20,000 characters of any text."""
    given = _as_text(text)
    if given.lstrip().startswith(("{", "[")) and len(given) <= LONG_CHARACTERS:
        given = _indented(given)
    return printable(clipped(given, LONG_CHARACTERS))


def bounded(text: str) -> str:
    """Keep the first 40 lines of ``text``, each within 2,000 characters, and say how much is left out."""
    lines = [clipped(line, LINE_CHARACTERS) for line in text.split("\n")]
    left_out = len(lines) - BLOCK_LINES
    if left_out > 1:
        lines = [*lines[:BLOCK_LINES], f"… and {left_out} more lines"]
    return "\n".join(lines)


def clipped(text: str, limit: int) -> str:
    """Return at most ``limit`` characters of ``text``, ending in … when something was left out."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def stable(text: str) -> str:
    """Replace this machine's ports by PORT, so that two runs give the same words."""
    return _LOOPBACK_PORT.sub(r"\1\2PORT", text)


def isolated(text: str) -> str:
    """Wrap text holding right-to-left letters in Unicode isolates, so that it cannot reorder the columns beside it."""
    if not text.isascii() and any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return f"\u2068{text}\u2069"
    return text


def short_sid(sid: object) -> str:
    """Return the first six characters of a SID, enough to recognise it in a sentence."""
    return clipped(one_line(sid), 7)


def _indented(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _as_text(text: object) -> str:
    return "" if text is None else str(text)
