"""Checks of the exercises: each says that an answer is right, or what is wrong with it and where to look."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.verdict import Verdict, judge

__all__ = ["CHECKS", "Verdict", "check", "results"]


def _all_checks() -> dict[str, Callable[..., str]]:
    names = sorted(name for _, name, _ in iter_modules(__path__, f"{__name__}.") if re.search(r"\.lesson_\d\d$", name))
    modules = [import_module(name) for name in names]
    return {exercise: function for module in modules for exercise, function in module.CHECKS.items()}


CHECKS = _all_checks()
"""Checks by exercise. A check takes the answers and returns what is right about them, or raises ``NotYet``."""

results: dict[str, str] = {}
"""Results by exercise in this kernel, "tried" or "solved". A solved exercise stays solved."""


def check(exercise: str, *answers: object) -> Verdict:
    """Judge the answers to an exercise, such as "3.1". It never raises, and the verdict's text is stable."""
    number = str(exercise)
    if not isinstance(exercise, str | int | float):
        return Verdict("open", f"the number of the exercise comes first, in quotes, and this is {kind(exercise)}.")
    if number not in CHECKS:
        return Verdict("open", f"There is no exercise {number!r}. There are {', '.join(CHECKS)}.")
    verdict = judge(number, CHECKS[number], answers)
    if verdict.state != "open" and results.get(number) != "solved":
        results[number] = verdict.state
    return verdict
