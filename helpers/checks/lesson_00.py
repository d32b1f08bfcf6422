"""Lesson 0: the five stages."""

from __future__ import annotations

from .verdict import NotYet

__all__ = ["stages_in_order"]

LETTERS = {
    "a": "Reservation accepted",
    "b": "Task Created",
    "c": "Task assigned to Worker",
    "d": "eligible Worker becomes available",
    "e": "Worker reserved",
}
RIGHT = "bdeac"


def stages_in_order(stages: object) -> str:
    """0.1: the letters of the five stages, the first stage first."""
    given = str(stages).replace(" ", "").lower()
    if sorted(given) != sorted(LETTERS):
        raise NotYet(f"{stages!r} is not each of the letters a to e once.", 'five letters in quotes, such as "abcde".')
    for place, (letter, right) in enumerate(zip(given, RIGHT, strict=True)):
        if letter != right:
            before = f"right after “{LETTERS[RIGHT[place - 1]]}”" if place else "first"
            raise NotYet(f"“{LETTERS[letter]}” does not come {before}. Letters in their place so far: {place}.")
    return "Task Created, a Worker becomes available, is reserved, accepts, and the Task is theirs."
