"""Error messages for a failed parse, in the words of Twilio's parser, which ANTLR generated."""

from __future__ import annotations

import msgspec

from .expression_error import ExpressionError
from .suggestions import Mistake, advise_on_character, suggest
from .tokens import Span, Tokens

__all__ = ["Unexpected", "diagnose"]

_NAMES = {
    "END": "<EOF>",
    "AND": "AND",
    "OR": "OR",
    "LPAR": "'('",
    "RPAR": "')'",
    "LSQB": "'['",
    "RSQB": "']'",
    "COMMA": "','",
    "OPERATOR": "OPERATOR",
    "REFERENCE": "REFERENCE",
    "STRING": "STRING",
    "NUMBER": "NUMBER",
    "TRUE": "TRUE",
    "FALSE": "FALSE",
    "NULL": "NULL",
    "DIRECTION": "{ASC, DESC}",
}
"""Name of each kind of token in a message, in the order in which a message lists them."""

_LONGEST = 40


class Unexpected(msgspec.Struct, frozen=True):
    """Token number ``at``, which doesn't fit, and the kinds of token that would."""

    text: str
    tokens: Tokens
    at: int
    expected: frozenset[str]

    @property
    def kind(self) -> str:
        """Kind of the token."""
        return self.tokens.kinds[self.at]

    @property
    def start(self) -> int:
        """Offset of the token."""
        return self.tokens.starts[self.at]

    @property
    def dropped_before(self) -> list[Span]:
        """Spans dropped before the token."""
        return [span for span in self.tokens.dropped if span[0] < self.start]


def diagnose(seen: Unexpected) -> ExpressionError:
    """Return the error for the first place where a text leaves the grammar.

    The message is that of a parser that never sees what the lexer dropped. The place is the one a person would
    point at.
    """
    start, end = _culprit(seen)
    expected = seen.expected
    advice = (_earlier(seen, start), suggest(Mistake(seen.text, start, expected)))
    return ExpressionError(_message(seen), start, seen.text, " ".join(filter(None, advice)) or None, end=end)


def _message(seen: Unexpected) -> str:
    """Return ANTLR's message. It calls a token extraneous if the next one would fit in its place."""
    if seen.kind == "END":
        return f"mismatched input '<EOF>' expecting {_join_names(seen.expected)}"
    following = seen.tokens.kinds[seen.at + 1]
    verb = "extraneous" if following in seen.expected else "mismatched"
    written = seen.text[seen.start : seen.tokens.ends[seen.at]]
    return f"{verb} input '{_short(written)}' expecting {_join_names(seen.expected)}"


def _culprit(seen: Unexpected) -> Span:
    """Return the span to point at: what was dropped before the token, a number with its name, or the token."""
    start = seen.start
    for first, last in seen.dropped_before[-1:]:
        if not seen.text[last:start].strip():
            return first, last
        if seen.kind == "RPAR" and "(" in seen.text[first:last]:  # !(a == 1)
            return first, last
    number_end = seen.tokens.ends[seen.at - 1] if seen.at and seen.tokens.kinds[seen.at - 1] == "NUMBER" else None
    if seen.kind == "REFERENCE" and number_end == start:  # 988ENsk: a key that begins with a digit
        return seen.tokens.starts[seen.at - 1], seen.tokens.ends[seen.at]
    return start, start + 1


def _earlier(seen: Unexpected, start: int) -> str:
    """Return a note on what was dropped further left, a likely cause; empty if nothing was."""
    earlier = [span for span in seen.dropped_before if span[0] < start]
    if not earlier:
        return ""
    first, last = earlier[-1]
    note = f"Before it, {_short(seen.text[first:last])} at character {first + 1} is dropped."
    return f"{note} {advise_on_character(seen.text, first) or ''}".strip()


def _join_names(expected: frozenset[str]) -> str:
    names = [name for kind, name in _NAMES.items() if kind in expected]
    return names[0] if len(names) == 1 else "{" + ", ".join(names) + "}"


def _short(seen: str) -> str:
    return seen if len(seen) <= _LONGEST else seen[: _LONGEST - 1] + "…"
