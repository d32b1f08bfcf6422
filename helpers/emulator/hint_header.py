"""Header with hints of the emulator beside Twilio's words: why a request failed, what was ignored, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["HINT_HEADER", "hint_header", "read_hint"]

HINT_HEADER = "X-Emulator-Hint"


def hint_header(hints: Iterable[str]) -> tuple[bytes, bytes]:
    """Return the header with ``hints``, one after the other; characters that a header can't hold are escaped."""
    return HINT_HEADER.lower().encode(), " ".join(hints).encode("unicode_escape")


def read_hint(headers: Mapping[str, str]) -> str:
    """Return the hints in the headers of a response, or empty text."""
    return headers.get(HINT_HEADER, "").encode("latin-1").decode("unicode_escape")
