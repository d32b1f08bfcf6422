"""Checks of the exercises, which say what is wrong with an answer, and hints, which help to find the right one."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks import lessons
from helpers.lessons.checks.exercise_hints import Hint, HintSteps
from helpers.lessons.checks.judging import judge
from helpers.lessons.checks.verdict import Verdict
from helpers.lessons.progress import record_answer, record_hint
from helpers.room.sharing import note_verdict

__all__ = ["CHECKS", "HINTS", "Verdict", "check", "hint"]


_LESSONS = [import_module(name) for _, name, _ in iter_modules(lessons.__path__, f"{lessons.__name__}.")]

CHECKS = {exercise: function for lesson in _LESSONS for exercise, function in lesson.CHECKS.items()}
"""Checks by exercise. A check takes the answers and returns what is right about them, or raises ``NotYet``."""

HINTS = {exercise: hints for lesson in _LESSONS for exercise, hints in lesson.HINTS.items()}
"""Hints by exercise; every exercise has them."""


_steps = HintSteps()


def check(exercise: str, *answers: object) -> Verdict:
    """Judge the answers to an exercise, such as "3.1". It never raises, and the verdict's text is stable."""
    number = str(exercise)
    if unknown := _find_no_exercise(exercise):
        return Verdict("open", unknown)
    verdict = judge(number, CHECKS[number], answers)
    if verdict.state == "open":
        return verdict
    note_verdict(number, verdict.passed)
    was_solved = record_answer(number, verdict.state)
    return _add_to_wrong(verdict, number, was_solved) if verdict.state == "tried" else verdict


def hint(exercise: str) -> Hint:
    """Return the next hint for an exercise, such as "3.1": a question, where to look, a line, then the solution."""
    number = str(exercise)
    if unknown := _find_no_exercise(exercise):
        return Hint(unknown)
    record_hint(number)
    return _steps.next(number, HINTS[number])


def _add_to_wrong(verdict: Verdict, number: str, was_solved: bool) -> Verdict:
    """Return a verdict that also says what was solved before, and how to get a hint."""
    _steps.remember(number, verdict.pointer)
    solved = " Solved earlier; this answer isn't right." if was_solved else ""
    return replace(verdict, text=f'{verdict.text}{solved} Stuck? `hint("{number}")`')


def _find_no_exercise(exercise: object) -> str:
    """Return what is wrong with the number of an exercise, or an empty text."""
    if not isinstance(exercise, str | int | float):
        return f"The number of the exercise comes first, in quotes, and this is {kind(exercise)}."
    return "" if str(exercise) in CHECKS else f"There is no exercise {str(exercise)!r}. There are {', '.join(CHECKS)}."
