"""Lesson 0: the five stages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import join_words, normalize
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS"]

STAGES = {
    "b": "Task Created",
    "d": "eligible Worker becomes available",
    "e": "Worker reserved",
    "a": "Reservation accepted",
    "c": "Task assigned to Worker",
}
"""Stages by letter, in the right order."""
RIGHT = "".join(STAGES)

_BEFORE = {
    "d": "the Task is there before anybody is found for it",
    "e": "TaskRouter reserves a Worker who is available, nobody else",
    "a": "only a Reservation that was made can be accepted",
    "c": "the Task is assigned when its Reservation is accepted",
}
"""Reasons why each stage has to wait for the one before it."""


def stages_in_order(stages: object) -> str:
    """0.1: the letters of the five stages, the first stage first."""
    given = _read_letters(stages)
    _refuse_other_letters(given)
    if given == RIGHT[::-1]:
        raise NotYet("this is the order backwards.", "begin with the stage in which the Task comes into being.")
    for place, (letter, right) in enumerate(zip(given, RIGHT, strict=True)):
        if letter != right:
            wrong = f"“{STAGES[letter]}” comes too early: {_BEFORE[letter]}."
            raise NotYet(f"{wrong} Letters in their place so far: {place}.")
    return "Task Created, a Worker becomes available, is reserved, accepts, and the Task is theirs."


def _read_letters(stages: object) -> str:
    """Return the answer as letters; it can also be a list of letters or of the stages' names."""
    if isinstance(stages, str):
        return _read_words([stages])
    if isinstance(stages, list | tuple) and all(isinstance(each, str) for each in stages):
        return _read_words(stages)
    raise NotYet(f"`stages` is {kind(stages)}; this exercise needs text.", 'five letters in quotes, such as "abcde".')


def _read_words(words: Iterable[str]) -> str:
    letters = {name.lower(): letter for letter, name in STAGES.items()}
    return "".join(letters.get(normalize(word), re.sub(r"[^a-z0-9]", "", word.lower())) for word in words)


def _refuse_other_letters(given: str) -> None:
    if not given:
        raise NotYet("`stages` is an empty text.", 'five letters in quotes, such as "abcde".')
    if any(letter.isdigit() for letter in given):
        raise NotYet("there are numbers in it; the stages have the letters a to e.", "such as “abcde”, in your order.")
    if len(given) > 2 * len(RIGHT):
        raise NotYet("this is more than five letters.", 'the letters alone are enough, such as "abcde".')
    strange = sorted(set(given) - set(RIGHT))
    missing = sorted(set(RIGHT) - set(given))
    twice = sorted(letter for letter in RIGHT if given.count(letter) > 1)
    problems = [
        *_about(strange, "isn't one of the five", "aren't among the five"),
        *_about(missing, "is missing", "are missing"),
        *_about(twice, "is there more than once", "are there more than once"),
    ]
    if problems:
        raise NotYet(f"{'. '.join(problems)}.", "each of the letters a to e once.")


def _about(letters: list[str], one: str, several: str) -> list[str]:
    if not letters:
        return []
    return [f"the letter {letters[0]} {one}" if len(letters) == 1 else f"the letters {join_words(letters)} {several}"]


CHECKS = {"0.1": stages_in_order}
