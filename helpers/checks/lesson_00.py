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
    place, letter = next(((place, given[place]) for place in range(5) if given[place] != RIGHT[place]), (5, ""))
    if letter:
        before = f"after “{LETTERS[RIGHT[place - 1]]}”" if place else "at the very beginning"
        raise NotYet(f"the first {place} are right. {before.capitalize()} cannot come “{LETTERS[letter]}”.")
    return "Task Created, a Worker becomes available, is reserved, accepts, and the Task is theirs."
