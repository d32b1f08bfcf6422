"""Checks of the exercises: each says what is right, or what is wrong and where to look."""

from __future__ import annotations

from collections.abc import Callable

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks import lesson_00, lesson_01, lesson_02, lesson_03, lesson_04, lesson_05
from helpers.lessons.checks.verdict import Verdict, judge

__all__ = ["CHECKS", "Verdict", "check", "results"]

CHECKS: dict[str, Callable[..., str]] = {
    "0.1": lesson_00.stages_in_order,
    "1.1": lesson_01.selects_bob_only,
    "1.2": lesson_01.routes_as_the_workflow,
    "2.1": lesson_02.decides_by_language,
    "3.1": lesson_03.finds_the_bug,
    "3.2": lesson_03.english_task_for_bob,
    "4.1": lesson_04.reservation_from_callback,
    "4.2": lesson_04.predicts_the_next,
    "5.1": lesson_05.serves_a_task,
}
"""By exercise. A check takes the answers, returns what is right about them, or raises ``NotYet``."""

results: dict[str, str] = {}
"""By exercise, what came of it in this kernel: "tried" or "solved". What was solved stays solved."""


def check(exercise: str, *answers: object) -> Verdict:
    """Judge the answers to an exercise, such as "3.1". Never raises; the verdict is stable text."""
    number = str(exercise)
    if not isinstance(exercise, str | int | float):
        return Verdict("open", f"the number of the exercise comes first, in quotes, and this is {kind(exercise)}.")
    if number not in CHECKS:
        return Verdict("open", f"There is no exercise {number!r}. There are {', '.join(CHECKS)}.")
    verdict = judge(number, CHECKS[number], answers)
    if verdict.state != "open" and results.get(number) != "solved":
        results[number] = verdict.state
    return verdict
