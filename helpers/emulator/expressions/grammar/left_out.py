"""The part of a text that says nothing: stored, never read, and worth a word to whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .expression_error import pointed
from .suggestions import about_character
from .tokens import Span, scan

__all__ = ["LeftOut", "left_out"]

_MOST = 3
"""Pieces told of one by one."""
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Characters of ``text`` that belong to no token, and all that follows ``end``. It is false if there are none."""

    text: str
    dropped: tuple[Span, ...]
    end: int

    def __bool__(self) -> bool:
        return bool(self.dropped) or self.end < len(self.text)

    @property
    def rest(self) -> str:
        """The text without it, on one line."""
        kept, at = [], 0
        for start, end in self.dropped:
            kept.append(self.text[at:start])
            at = end
        return " ".join(" ".join([*kept, self.text[at : self.end]]).split())

    def caret(self) -> str:
        """The line with the first of it, and below it carets."""
        ignored = [(self.end, len(self.text))] if self.end < len(self.text) else []
        return pointed(self.text, [*self.dropped, *ignored])

    def sentences(self) -> list[str]:
        """What was left out, what to write instead, and what the rest is; nothing if nothing was."""
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
            f"From character {self.end + 1} on it is ignored ({seen}): a comma ends the expression here. Files in "
            "production hold such commas; how Twilio reads them is not known. To compare with several values, write "
            "IN ['one', 'two'].",
        ]

    def _about(self, start: int, end: int) -> Iterator[str]:
        seen, place = self.text[start:end], f"character {start + 1}"
        if seen[0] in "'\"":
            more = f", and with it all that follows: {_short(seen)}" if seen[1:].strip() else ""
            yield f"The quote {seen[0]} at {place} has no partner and is dropped{more}."
        else:
            yield f"{_short(seen)} at {place} means nothing here and is dropped."
            yield from filter(None, [about_character(self.text, start)])


def left_out(text: str) -> LeftOut:
    """What belongs to no token in any text, an order_by for example."""
    return LeftOut(text, tuple(scan(text).dropped), len(text))


def _short(seen: str) -> str:
    one_line = " ".join(seen.split()) or "white space"
    return one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1] + "…"
