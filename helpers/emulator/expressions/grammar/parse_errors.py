"""From a failed parse to an error in the words of Twilio's parser, which ANTLR generated."""

from __future__ import annotations

from dataclasses import dataclass

from .expression_error import ExpressionError
from .suggestions import Mistake, about_character, suggest
from .tokens import Span, Tokens

__all__ = ["Unexpected", "diagnosed"]

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
"""The name a message gives each kind of token, in the order it lists them."""

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Unexpected:
    """The token ``at`` that does not fit, and the kinds of token that would."""

    text: str
    tokens: Tokens
    at: int
    expected: frozenset[str]

    @property
    def kind(self) -> str:
        """The kind of the token."""
        return self.tokens.kinds[self.at]

    @property
    def start(self) -> int:
        """Where the token begins."""
        return self.tokens.starts[self.at]

    @property
    def dropped_before(self) -> list[Span]:
        """What was dropped before the token."""
        return [span for span in self.tokens.dropped if span[0] < self.start]


def diagnosed(seen: Unexpected) -> ExpressionError:
    """The error for the first place where a text leaves the grammar.

    The message is the parser's, who never sees what the lexer dropped; the place shown is what a person would
    point at.
    """
    start, end = _culprit(seen)
    expected = seen.expected
    advice = (_earlier(seen, start), suggest(Mistake(seen.text, start, expected)))
    return ExpressionError(_message(seen), start, seen.text, " ".join(filter(None, advice)) or None, end=end)


def _message(seen: Unexpected) -> str:
    """ANTLR calls a token extraneous if all would be well without it."""
    if seen.kind == "END":
        return f"mismatched input '<EOF>' expecting {_listed(seen.expected)}"
    following = seen.tokens.kinds[seen.at + 1]
    verb = "extraneous" if following in seen.expected else "mismatched"
    written = seen.text[seen.start : seen.tokens.ends[seen.at]]
    return f"{verb} input '{_short(written)}' expecting {_listed(seen.expected)}"


def _culprit(seen: Unexpected) -> Span:
    """What to point at: what was dropped before the token, the number a name grew out of, or the token."""
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
    """What was dropped further left, which may well be the reason."""
    earlier = [span for span in seen.dropped_before if span[0] < start]
    if not earlier:
        return ""
    first, last = earlier[-1]
    note = f"Before it, {_short(seen.text[first:last])} at character {first + 1} is dropped."
    return f"{note} {about_character(seen.text, first) or ''}".strip()


def _listed(expected: frozenset[str]) -> str:
    names = [name for kind, name in _NAMES.items() if kind in expected]
    return names[0] if len(names) == 1 else "{" + ", ".join(names) + "}"


def _short(seen: str) -> str:
    return seen if len(seen) <= _LONGEST else seen[: _LONGEST - 1] + "…"
