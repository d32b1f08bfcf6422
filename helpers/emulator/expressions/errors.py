"""What a text that is no expression is answered with: what was seen, where, and what to write instead."""

from __future__ import annotations

__all__ = ["ExpressionError"]

_WINDOW = 72


class ExpressionError(ValueError):
    """A text that is not an expression of TaskRouter's language.

    ``str(error)`` is the message alone, as it goes into the body of a 400; ``explain()`` adds
    the picture and the advice.

    Attributes:
        message: in the words of Twilio's own parser where those are known.
        position: offset of the first character that does not fit, from 0; ``len(text)`` at the end.
        text: what was parsed.
        suggestion: the next step in a learner's words, or None.
    """

    def __init__(self, message: str, position: int, text: str, suggestion: str | None = None) -> None:
        super().__init__(message, position, text, suggestion)
        self.message = message
        self.position = position
        self.text = text
        self.suggestion = suggestion

    def __str__(self) -> str:
        return self.message

    def caret(self) -> str:
        """The line with the mistake, and below it a caret under the first character that does not fit."""
        start = self.text.rfind("\n", 0, self.position) + 1
        end = self.text.find("\n", self.position)
        line = self.text[start : len(self.text) if end < 0 else end]
        column = self.position - start
        left = max(0, column - _WINDOW // 2)
        shown = "".join(c if c.isprintable() else " " for c in line[left : left + _WINDOW])
        return f"{shown}\n{' ' * (column - left)}^"

    def explain(self) -> str:
        """Message, picture and suggestion, one below the other."""
        return "\n".join(part for part in (self.message, self.caret(), self.suggestion) if part)
