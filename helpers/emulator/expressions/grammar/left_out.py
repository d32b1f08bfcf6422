"""Parts of an expression's text that have no effect: stored, never read, and shown to the author as a note."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .expression_error import draw_carets
from .suggestions import advise_on_character
from .tokens import Span, scan

__all__ = ["LeftOut", "find_left_out"]

_MOST = 3
"""Pieces described one by one."""
_SHOWN = 40


class LeftOut(msgspec.Struct, frozen=True):
    """Characters of ``text`` that belong to no token, and everything after ``end``. False if there are none."""

    text: str
    dropped: tuple[Span, ...]
    end: int

    def __bool__(self) -> bool:
        return bool(self.dropped) or self.end < len(self.text)

    @property
    def rest(self) -> str:
        """Text that is read, on one line."""
        kept, at = [], 0
        for start, end in self.dropped:
            kept.append(self.text[at:start])
            at = end
        return " ".join(" ".join([*kept, self.text[at : self.end]]).split())

    def caret(self) -> str:
        """Return the line with the first of them, and carets below."""
        ignored = [(self.end, len(self.text))] if self.end < len(self.text) else []
        return draw_carets(self.text, [*self.dropped, *ignored])

    def sentences(self) -> list[str]:
        """Return sentences: what was left out, what to write instead, and what is read; [] if all of it is."""
        if not self:
            return []
        told = list(dict.fromkeys(part for span in self.dropped[:_MOST] for part in self._about(*span)))
        if len(self.dropped) > _MOST:
            more = len(self.dropped) - _MOST
            told.append(f"So are {more} more pieces." if more > 1 else "So is 1 more piece.")
        if not self.rest:
            return [*told, "Nothing is left, which matches nobody."]
        told.append(f"What is read: {self.rest}.")
        if self.end == len(self.text):
            return [*told, "Twilio probably reads it in the same way."]
        seen = _short(self.text[self.end :])
        return [
            *told,
            f"It's ignored from character {self.end + 1} on ({seen}): a comma ends the expression here. Files in "
            "production have such commas, but it isn't known how Twilio reads them. To compare with several values, "
            "write IN ['one', 'two'].",
        ]

    def _about(self, start: int, end: int) -> Iterator[str]:
        seen, place = self.text[start:end], f"character {start + 1}"
        if seen[0] in "'\"":
            more = f", with everything after it: {_short(seen)}" if seen[1:].strip() else ""
            yield f"The quote {seen[0]} at {place} has no matching quote and is dropped{more}."
        else:
            yield f"{_short(seen)} at {place} means nothing here and is dropped."
            yield from filter(None, [advise_on_character(self.text, start)])


def find_left_out(text: str) -> LeftOut:
    """Return the parts of any text, an order_by for example, that belong to no token."""
    return LeftOut(text, tuple(scan(text).dropped), len(text))


def _short(seen: str) -> str:
    one_line = " ".join(seen.split()) or "white space"
    return one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1] + "…"
