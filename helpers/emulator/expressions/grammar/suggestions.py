"""Suggestions for what was most likely meant, at the place where a text stops being an expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

import msgspec

from .tokens import scan

__all__ = ["Mistake", "advise_on_character", "suggest"]


class Mistake(msgspec.Struct, frozen=True):
    """Place where a parse failed, and the kinds of token that would fit there."""

    text: str
    position: int
    expected: frozenset[str]

    @property
    def rest(self) -> str:
        """Text from the mistake on."""
        return self.text[self.position :]

    @property
    def word(self) -> str:
        """Word at the mistake, or empty text."""
        return _match(_WORD, self.rest)

    @property
    def word_before(self) -> str:
        """Name that ends where the mistake begins, or empty text."""
        return _match(_NAME_AT_END, self.text[max(0, self.position - 200) : self.position])


_WORD = re.compile(r"[\w$]+")
_NAME_AT_END = re.compile(r"[\w$.]*\Z")
_NAME = re.compile(r"[\w$.-]+")
_LEADING_DIGIT = re.compile(r"[0-9]+[^\W\d]")

_OPERATOR_WORDS = {
    "HAVE": "HAS",
    "HAVING": "HAS",
    "INCLUDE": "HAS",
    "INCLUDES": "HAS",
    "CONTAIN": "CONTAINS",
    "CONTAINING": "CONTAINS",
    "LIKE": "CONTAINS",
    "INSIDE": "IN",
    "WITHIN": "IN",
    "NOTIN": "NOT IN",
    "IS": "==",
    "EQ": "==",
    "EQUAL": "==",
    "EQUALS": "==",
    "NE": "!=",
    "GT": ">",
    "GTE": ">=",
    "LT": "<",
    "LTE": "<=",
}
_OPERATORS = ("CONTAINS", "HAS", "IN", "NOT IN")
_OPERATOR_ADVICE = "Compare with ==, !=, >, >=, <, <=, CONTAINS, HAS, IN or NOT IN."

_CHARACTERS = (
    (r"(?<=\d)%(?!\s*\d)", "A percentage is a plain number, without %."),
    (r"&&?", "Write AND instead of {0}."),
    (r"\|\|?", "Write OR instead of {0}."),
    (r"!", "Don't use ! or NOT here. Write != or NOT IN, or compare with false."),
    (r"[\u201c-\u201e\u2018-\u201a\u00ab\u00bb]", "Use straight quotes: ' or \"."),
    (
        r"[\u00a0\u2000-\u200b\u202f\ufeff]",
        "This is a special space, as in text copied from a web page. Type a normal one.",
    ),
    (r"\\", 'A backslash is allowed only inside a text. If you copied this from JSON, write " instead of \\".'),
    (r"['\"]", "The text that starts here has no closing quote."),
    (r"[-+*/%^]", "Expressions have no arithmetic. Compute the value first and store it as an attribute."),
    (r"[{}]", "Expressions have no objects. Name the key with dots, as in customer.level."),
    (r"\.", "Write a dot between two keys, without spaces: customer.level."),
)


def suggest(mistake: Mistake) -> str | None:
    """Return the next step in plain words, or None if no suggestion applies."""
    return next(_suggestions(mistake), None)


def _suggestions(mistake: Mistake) -> Iterator[str]:
    for advise in _ADVISERS:
        advice = advise(mistake)
        if advice:
            yield advice


def _doubled_operator(mistake: Mistake) -> str | None:
    around = mistake.text[max(0, mistake.position - 1) : mistake.position + 1]
    meant = {"=>": ">=", "=<": "<=", "<>": "!=", "==": "=="}.get(around)
    return f"Write {meant}." if meant and "OPERATOR" not in mistake.expected else None


def _hyphenated_key(text: str, position: int) -> str | None:
    before = _match(_NAME_AT_END, text[max(0, position - 200) : position])
    after = _match(_NAME, text[position + 1 :])
    if not text.startswith("-", position) or not before or not after:
        return None
    wrong = f"{before}-{after}"[:80]
    return (
        f"A key can't contain a hyphen. Rename the attribute {wrong} to {wrong.replace('-', '_')}. Expressions have "
        "no arithmetic either."
    )


def advise_on_character(text: str, position: int) -> str | None:
    """Return what to write instead of a character that belongs to no token, or None."""
    if advice := _hyphenated_key(text, position):
        return advice
    for pattern, advice in _CHARACTERS:
        seen = re.compile(pattern).match(text, position)
        if seen and (seen.group() not in "'\"" or not _closes(text, position)):
            return advice.format(seen.group())
    return None


def _odd_character(mistake: Mistake) -> str | None:
    return advise_on_character(mistake.text, mistake.position)


def _closes(text: str, position: int) -> bool:
    return text.find(text[position], position + 1) > 0


def _leading_digit(mistake: Mistake) -> str | None:
    if not _LEADING_DIGIT.match(mistake.word):
        return None
    wrong = mistake.word[:80]
    return f"A name can't start with a digit, as {wrong} does. After a dot it can: levels.{wrong}. Text needs quotes."


def _bracket(mistake: Mistake) -> str | None:
    if mistake.rest.startswith("["):
        if "OPERATOR" in mistake.expected:
            return (
                "An index is a whole number from 0, as in scores[0]. Write a deeper key with a dot, as in "
                "customer.level."
            )
        return "A list can hold only constants, and no lists."
    if mistake.rest.startswith("]") and "STRING" in mistake.expected:
        return "Don't end a list with a comma: ['en', 'es']."
    if "RSQB" in mistake.expected and not mistake.rest.strip():
        return "A [ is still open. Close it with ]."
    return None


def _in_list(mistake: Mistake) -> str | None:
    if "STRING" in mistake.expected and "REFERENCE" not in mistake.expected:
        if word := mistake.word[:80]:
            return f"Text in a list needs quotes: ['{word}']. An attribute has no brackets: IN {word}."
        return "A list can hold texts in quotes, numbers, true, false and null: ['en', 'es']."
    if {"RSQB", "COMMA"} <= mistake.expected:
        return "Put a comma between two values of a list: ['en', 'es']."
    return None


def _parenthesis(mistake: Mistake) -> str | None:
    if mistake.rest.startswith(")") and "END" in mistake.expected:
        return "This ) closes nothing. Remove it, or add a ( before it."
    if not mistake.rest.strip() and "RPAR" in mistake.expected:
        return "A ( is still open. Close it with )."
    return None


def _unknown_operator(mistake: Mistake) -> str | None:
    if "OPERATOR" not in mistake.expected:
        return None
    word = mistake.word.upper()
    if word == "NOT":
        return "Use NOT only with IN: NOT IN [...]. In other cases use !=."
    close = get_close_matches(word[:20], _OPERATORS, 1, 0.5) if word else []
    meant = _OPERATOR_WORDS.get(word) or (close[0] if close else None)
    if meant:
        return f"Did you mean {meant}? {_OPERATOR_ADVICE}"
    if scan(mistake.text).kinds == ["STRING", "END"] and " " in mistake.text.strip():
        return "All of this is one text in quotes. Remove the quotes at both ends."
    before = mistake.word_before or mistake.text[: mistake.position].split()[-1][-40:]
    if before.upper() == "NOT":
        return "Don't write NOT before a clause. Use != or NOT IN, or compare with false."
    return f"An operator is missing after {before}. For example: {before} == true. {_OPERATOR_ADVICE}"


def _unfinished(mistake: Mistake) -> str | None:
    if "REFERENCE" not in mistake.expected:
        return None
    if "LPAR" in mistake.expected:
        return "A clause is missing here. For example: language == 'es'."
    if "STRING" not in mistake.expected:
        return "A Worker's attribute is missing here. For example: worker.level DESC."
    return "A value is missing here: a text in quotes, a number, true, false, null, a list or a key."


def _unjoined(mistake: Mistake) -> str | None:
    if "AND" not in mistake.expected:
        return None
    if mistake.rest.startswith(","):
        return "Use commas only inside lists. Join clauses with AND or OR."
    if mistake.rest.startswith(("'", '"')):
        return f"A text starts here, after a complete clause. Is there one quote {mistake.rest[0]} too many?"
    if get_close_matches(mistake.word.upper()[:20], ("AND", "OR"), 1, 0.6):
        return "Join clauses with AND or OR."
    return "Join clauses with AND or OR. Put quotes around a text of several words."


def _direction(mistake: Mistake) -> str | None:
    if "DIRECTION" in mistake.expected:
        return "Write ASC or DESC after each name."
    return "Put a comma between two names." if mistake.expected == {"END", "COMMA"} else None


def _match(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text) if pattern is not _NAME_AT_END else pattern.search(text)
    return found.group() if found else ""


_ADVISERS: tuple[Callable[[Mistake], str | None], ...] = (
    _doubled_operator,
    _odd_character,
    _leading_digit,
    _bracket,
    _in_list,
    _parenthesis,
    _unknown_operator,
    _direction,
    _unjoined,
    _unfinished,
)
"""Suggestions from the most specific to the most general; the first that applies is used."""
