"""Lexer that reads text as Twilio's does: what belongs to no token is dropped."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Span", "Tokens", "scan"]

Span = tuple[int, int]
"""Start and end of a token or of a dropped piece: ``text[start:end]``."""

# A name is language, task.lang, worker.channel.chat.assigned_tasks, scores[0]; a part after a dot can begin with a
# digit. Keywords come before names, in any case; a name that only begins like one, such as ``android`` or
# ``in_stock``, is a name. Long operators come before short ones. In a text, a backslash escapes a quote or a
# backslash.
_TOKENS = re.compile(
    r"""[ \t\r\n\f]*(?:
      (?P<OPERATOR>==|!=|>=|<=|>-|<-|=|>|<|(?ai:CONTAINS|HAS|NOT\s+IN|IN)(?![\w$]))
    | (?P<AND>(?ai:AND)(?![\w$]))
    | (?P<OR>(?ai:OR)(?![\w$]))
    | (?P<TRUE>(?ai:TRUE)(?![\w$]))
    | (?P<FALSE>(?ai:FALSE)(?![\w$]))
    | (?P<NULL>(?ai:NULL)(?![\w$]))
    | (?P<REFERENCE>(?:[^\W\d]|\$)[\w$]*(?:\.[\w$]+|\[[0-9]{1,9}\])*)
    | (?P<STRING>"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^'\\]*(?:\\[\s\S][^'\\]*)*')
    | (?P<NUMBER>-?[0-9]+(?:\.[0-9]+)?)
    | (?P<LPAR>\() | (?P<RPAR>\)) | (?P<LSQB>\[) | (?P<RSQB>\]) | (?P<COMMA>,)
    | (?P<END>\Z)
    | (?P<DROPPED>["'][\s\S]*|[-!][\s\S]?|[\s\S])
    )""",
    re.VERBOSE,
)


class Tokens(NamedTuple):
    """Tokens of one text. ``kinds``, ``starts`` and ``ends`` are parallel lists; the last kind is ``END``.

    Lists, not objects, because a configuration can have half a million tokens.
    """

    kinds: list[str]
    starts: list[int]
    ends: list[int]
    dropped: list[Span]
    """Spans that belong to no token, in order; adjacent ones are joined."""


def scan(text: str) -> Tokens:
    """Return the tokens of ``text``. Never raises.

    A lexer made by ANTLR drops what it has read of a token together with the character that doesn't continue it.
    An unclosed quote drops the rest of the text. A ``-`` or ``!`` that begins neither a number nor ``!=`` drops
    the next character, so Twilio answers ``skill-level > 3`` with ``extraneous input 'evel'`` (reference 5.2d).
    """
    kinds: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    dropped: list[Span] = []
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup or "END"
        start, end = match.span(kind)
        if kind == "DROPPED":
            if dropped and dropped[-1][1] == start:
                start = dropped.pop()[0]
            dropped.append((start, end))
            continue
        kinds.append(kind)
        starts.append(start)
        ends.append(end)
        if kind == "END":
            break
    return Tokens(kinds, starts, ends, dropped)
