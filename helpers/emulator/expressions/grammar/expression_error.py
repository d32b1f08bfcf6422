"""Error for text that isn't an expression: what was seen, where, and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["ExpressionError", "draw_carets"]

_WINDOW = 72
_SEEN = 20


class ExpressionError(ValueError):
    """Text that isn't an expression of TaskRouter's language.

    ``str(error)`` is the message alone, as in the body of a 400. ``explain()`` adds carets and advice.

    Attributes:
        message: in the words of Twilio's own parser where those are known.
        position: offset of the first character that doesn't fit, from 0; ``len(text)`` at the end.
        text: the text that was parsed.
        suggestion: the next step in plain words, or None.
        end: offset after the last character that doesn't fit; by default only one doesn't.
    """

    def __init__(
        self, message: str, position: int, text: str, suggestion: str | None = None, *, end: int | None = None
    ) -> None:
        super().__init__(message, position, text, suggestion)
        self.message = message
        self.position = position
        self.text = text
        self.suggestion = suggestion
        self.end = position + 1 if end is None else end

    def __str__(self) -> str:
        return self.message

    def caret(self) -> str:
        """Return the line with the mistake, and carets below the characters that don't fit."""
        return draw_carets(self.text, [(self.position, self.end)])

    @property
    def hint(self) -> str:
        """One line to show beside the message: the place of the mistake and what to do."""
        rest = self.text[self.position :].strip()
        seen = rest if len(rest) <= _SEEN else f"{rest[:_SEEN].rstrip()}…"
        place = f"at character {self.position + 1}, before `{seen}`" if seen else "at its end"
        return f"It stops being a valid expression {place}. {self.suggestion or ''}".strip()

    def explain(self) -> str:
        """Return message, carets and suggestion, one below the other."""
        return "\n".join(part for part in (self.message, self.caret(), self.suggestion) if part)


def draw_carets(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the line of ``text`` in which the first span begins, and carets below each span on it."""
    start = spans[0][0]
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    line = text[first : len(text) if last < 0 else last]
    left = first + max(0, start - first - _WINDOW // 2)
    shown = "".join(c if c.isprintable() else " " for c in line[left - first :][:_WINDOW])
    carets = [" "] * (len(shown) + 1)
    for begin, end in spans:
        for place in range(begin - left, max(end - left, begin - left + 1)):
            if 0 <= place < len(carets) and (place < len(shown) or place == begin - left):
                carets[place] = "^"
    return f"{shown}\n{''.join(carets).rstrip()}"
