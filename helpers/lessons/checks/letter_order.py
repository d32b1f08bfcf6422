"""Readers of answers that put things with letters in an order."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import join_words, normalize, spell
from helpers.lessons.checks.verdict import NotYet

__all__ = ["read_order", "require_each"]

_EXAMPLE = 'Write letters in quotes, such as "abcde".'


def read_order(name: str, answer: object, letters: Sequence[str], names: Mapping[str, str] | None = None) -> str:
    """Return the letters of the answer in its order; a list of letters, or of the things' names, counts as text.

    Args:
        letters: letters of all things that can be put in order.
        names: letters by the names of the things.

    Raises:
        NotYet: it is something else, or empty, or longer than any order.
    """
    words = [answer] if isinstance(answer, str) else answer
    if isinstance(words, set | frozenset):
        raise NotYet(f"`{name}` is a set, which has no order.", _EXAMPLE)
    if not isinstance(words, list | tuple):
        raise NotYet(f"`{name}` is {kind(answer)}.", _EXAMPLE)
    by_name = {each.lower(): letter for each, letter in (names or {}).items()}
    given = ""
    for word in words:
        if not isinstance(word, str):
            raise NotYet(f"`{name}` has {kind(word)} in it.", _EXAMPLE)
        given += by_name.get(normalize(word), re.sub(r"[^a-z0-9]", "", word.lower()))
    if not given:
        raise NotYet(f"`{name}` is empty.", _EXAMPLE)
    if re.search(r"\d", given):
        raise NotYet(f"`{name}` has digits in it.", _EXAMPLE)
    if len(given) > 2 * len(letters):
        raise NotYet(f"`{name}` has more than {len(letters)} letters.", "Write the letters only.")
    if len(given) > 1 and sum(each in letters for each in given) <= len(given) // 2:  # a word, such as "all"
        raise NotYet(f"`{name}` is {spell(answer)}, and the letters are {min(letters)} to {max(letters)}.", _EXAMPLE)
    return given


def require_each(given: str, letters: Collection[str], rule: str) -> None:
    """Check that ``given`` has each of the letters once.

    Args:
        rule: sentence that says which letters the answer needs.

    Raises:
        NotYet: a letter is strange, missing, or there more than once; the text names the first of these.
    """
    strange = sorted(set(given) - set(letters))
    missing = sorted(set(letters) - set(given))
    twice = sorted(letter for letter in letters if given.count(letter) > 1)
    if strange:
        raise NotYet(f"There is no {_name(strange)} in this exercise.", rule)
    if missing:
        raise NotYet(f"The {_name(missing)} {'is' if len(missing) == 1 else 'are'} missing.", rule)
    if twice:
        raise NotYet(f"The {_name(twice)} {'is' if len(twice) == 1 else 'are'} there more than once.", rule)


def _name(letters: list[str]) -> str:
    return f"letter {letters[0]}" if len(letters) == 1 else f"letters {join_words(letters)}"
