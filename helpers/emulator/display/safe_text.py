"""Text that is safe to show: without control characters, changing ports, or endless values."""

from __future__ import annotations

import json
import re
import unicodedata

__all__ = [
    "LONG_CHARACTERS",
    "clip",
    "clip_lines",
    "escape_hidden",
    "hide_ports",
    "isolate",
    "one_line",
    "pluralize",
    "prettify",
    "short_sid",
    "shorten_sids",
]

CELL_CHARACTERS = 120
BLOCK_LINES = 40
LINE_CHARACTERS = 2_000
LONG_CHARACTERS = 20_000

# Control characters except tab and line end, line and paragraph separators, surrogates, and U+202A-202E and
# U+2066-2069, which reorder everything after them: with one of these, a name could falsify its row.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_SID = re.compile(r"\b[A-Z]{2}[0-9a-f]{32}\b")
_LOOPBACK_PORT = re.compile(r"(127\.0\.0\.1|localhost)(:|%3A)\d{1,5}(?!\d)", re.IGNORECASE)


def escape_hidden(text: object) -> str:
    r"""Return ``text`` with control, reordering and surrogate characters escaped (``\u202e``); line ends stay."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", _as_text(text).replace("\r\n", "\n"))


def pluralize(number: int, noun: str) -> str:
    """Return ``1 Worker``, ``2 Workers``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def one_line(text: object) -> str:
    r"""Return ``text`` for one table cell: line ends escaped as ``\n``, at most 120 characters."""
    return clip(escape_hidden(text).replace("\n", "\\n").replace("\t", "\\t"), CELL_CHARACTERS)


def prettify(text: object) -> str:
    """Return ``text`` indented if it is a JSON object or array; at most 20,000 characters of any text."""
    given = _as_text(text)
    if given.lstrip().startswith(("{", "[")) and len(given) <= LONG_CHARACTERS:
        given = _indent(given)
    return escape_hidden(clip(given, LONG_CHARACTERS))


def clip_lines(text: str) -> str:
    """Return the first 40 lines of ``text``, each of at most 2,000 characters, and how many are left out."""
    lines = [clip(line, LINE_CHARACTERS) for line in text.split("\n")]
    left_out = len(lines) - BLOCK_LINES
    if left_out > 1:
        lines = [*lines[:BLOCK_LINES], f"… and {left_out} more lines"]
    return "\n".join(lines)


def clip(text: str, limit: int) -> str:
    """Return at most ``limit`` characters of ``text``, with … at the end of shortened text."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def hide_ports(text: str) -> str:
    """Return ``text`` with loopback ports replaced by PORT, so that two runs give the same words."""
    return _LOOPBACK_PORT.sub(r"\1\2PORT", text)


def isolate(text: str) -> str:
    """Return ``text``, in Unicode isolates if it has right-to-left letters, so that it can't reorder other columns."""
    if not text.isascii() and any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return f"\u2068{text}\u2069"
    return text


def short_sid(sid: object) -> str:
    """Return the first six characters of a SID, enough to recognize it in a sentence."""
    return clip(one_line(sid), 7)


def shorten_sids(text: str) -> str:
    """Return a sentence with the first six characters of each SID in it."""
    return _SID.sub(lambda found: short_sid(found[0]), text)


def _indent(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _as_text(text: object) -> str:
    return "" if text is None else str(text)
