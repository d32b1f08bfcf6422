"""Header in which the emulator adds to Twilio's words: why something was refused, what was passed over, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["HINT_HEADER", "hint_header", "read_hint"]

HINT_HEADER = "X-Emulator-Hint"


def hint_header(hints: Iterable[str]) -> tuple[bytes, bytes]:
    """Return the header that carries ``hints``, one after the other; what a header cannot hold is escaped."""
    return HINT_HEADER.lower().encode(), " ".join(hints).encode("unicode_escape")


def read_hint(headers: Mapping[str, str]) -> str:
    """Return what ``hint_header`` wrote among the headers of an answer, or nothing."""
    return headers.get(HINT_HEADER, "").encode("latin-1").decode("unicode_escape")
