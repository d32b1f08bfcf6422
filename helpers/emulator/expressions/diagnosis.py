"""From a failed parse to an error in the words of Twilio's parser, which ANTLR generated."""

from __future__ import annotations

import re

from lark import Lark, Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from helpers.emulator.expressions.errors import ExpressionError
from helpers.emulator.expressions.lexing import accepted_after, tokens
from helpers.emulator.expressions.suggestions import Mistake, suggest

__all__ = ["diagnose"]

_NAMES = {
    "$END": "<EOF>",
    "_AND": "AND",
    "_OR": "OR",
    "LPAR": "'('",
    "RPAR": "')'",
    "LSQB": "'['",
    "RSQB": "']'",
    "_COMMA": "','",
    "OPERATOR": "OPERATOR",
    "REFERENCE": "REFERENCE",
    "STRING": "STRING",
    "NUMBER": "NUMBER",
    "TRUE": "TRUE",
    "FALSE": "FALSE",
    "NULL": "NULL",
    "DIRECTION": "{ASC, DESC}",
}
"""What a message calls each terminal of the grammar, in the order it lists them."""

_WORD = re.compile(r"[\w$]+")


def diagnose(problem: UnexpectedInput, text: str, parser: Lark) -> ExpressionError:
    """The error for the first place where ``text`` leaves the grammar."""
    at_end = isinstance(problem, UnexpectedToken) and problem.token.type == "$END"
    position = len(text) if at_end else problem.pos_in_stream or 0
    expected = accepted_after(text[:position], parser)
    if isinstance(problem, UnexpectedToken):
        message = _about_token(problem.token, expected, _following(text, problem.token, parser))
    else:
        message = _about_characters(text, position, expected)
    return ExpressionError(message, position, text, suggest(Mistake(text, position, expected)))


def _about_token(token: Token, expected: frozenset[str], following: str | None) -> str:
    """ANTLR calls a token extraneous if all would be well without it."""
    seen = "<EOF>" if token.type == "$END" else _short(token)
    verb = "extraneous" if following in expected else "mismatched"
    return f"{verb} input '{seen}' expecting {_listed(expected)}"


def _about_characters(text: str, position: int, expected: frozenset[str]) -> str:
    """ANTLR drops what begins no token, a minus sign together with the character after it, and goes on.

    That is why Twilio answers ``skill-level > 3`` with ``extraneous input 'evel'``.
    """
    dropped = text[position : position + 2] if text[position] == "-" else text[position]
    word = _WORD.match(text, position + len(dropped))
    if text[position] == "-" and word and dropped[1:].isalnum():
        return f"extraneous input '{_short(word.group())}' expecting {_listed(expected)}"
    if text[position] in "\"'":
        dropped = text[position:]
    return f"token recognition error at: '{_short(dropped)}'"


def _following(text: str, token: Token, parser: Lark) -> str | None:
    """The type of the token after ``token``, or None if there is none to be had."""
    if token.type == "$END":
        return None
    try:
        return next((following.type for following in tokens(text[token.end_pos :], parser)), "$END")
    except UnexpectedCharacters:
        return None


def _listed(expected: frozenset[str]) -> str:
    names = [name for terminal, name in _NAMES.items() if terminal in expected]
    return names[0] if len(names) == 1 else "{" + ", ".join(names) + "}"


def _short(seen: str) -> str:
    return seen if len(seen) <= 40 else seen[:39] + "…"
