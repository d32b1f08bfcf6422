"""From text to tokens, as Twilio's lexer makes them: what belongs to no token is dropped."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Span", "Tokens", "scan"]

Span = tuple[int, int]
"""Where a token or a dropped piece begins and ends: ``text[start:end]``."""

# A name is language, task.lang, worker.channel.chat.assigned_tasks, scores[0]; behind a dot it may begin with a
# digit. Words of the language stand before names, in any case; a name that only begins like one, such as
# ``android`` or ``in_stock``, is a name. Long operators stand before short ones. A backslash in a
# text stands before a quote or a backslash that is meant literally.
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
    """The tokens of one text; ``kinds``, ``starts`` and ``ends`` run side by side, and the last kind is ``END``.

    A list each, because a configuration may hold half a million of them.
    """

    kinds: list[str]
    starts: list[int]
    ends: list[int]
    dropped: list[Span]
    """What belongs to no token, in order; neighbours are one piece."""


def scan(text: str) -> Tokens:
    """Read ``text`` to its end. Never raises.

    A lexer made by ANTLR drops what it read in vain together with the character that made it vain: a quote
    without its partner takes all the rest with it, a ``-`` or ``!`` that begins no number and no ``!=``
    the character after it. That is why Twilio answers ``skill-level > 3`` with ``extraneous input 'evel'``.
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
