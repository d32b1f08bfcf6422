"""Hints for the exercises: three steps, of which each call of ``hint`` gives the next one."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from helpers.lessons.lesson_files import read_lessons

__all__ = ["Hint", "HintSteps", "Hints", "find_solution"]


@dataclass(frozen=True)
class Hints:
    """Hints for one exercise, from the smallest to the largest."""

    nudge: str
    """Question that leads to the next thought."""
    pointer: str
    """Cell or word to look at, unless the check knows a better one for the answer given."""
    line: str
    """Line of the solution with one gap, written ``___``."""


@dataclass(frozen=True)
class Hint:
    """One step of help; as the last line of a cell it is shown with a link to the solution, where it names one."""

    text: str
    solution: str = ""
    """Path of the solution from the lesson's folder; empty if the step doesn't lead there."""

    def __str__(self) -> str:
        return f"{self.text} The solution is one click away: {self.solution}" if self.solution else self.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        text = re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(self.text))
        link = f' <a href="{self.solution}">The solution is one click away.</a>' if self.solution else ""
        return (
            f'<div style="border-left: 4px solid var(--jp-info-color1, #1976d2); padding: 2px 10px">{text}{link}</div>'
        )


class HintSteps:
    """Place of the learner in the hints of each exercise, kept by this kernel."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}
        self._pointers: dict[str, str] = {}

    def remember(self, exercise: str, pointer: str) -> None:
        """Keep where the check points after an answer; a pointer not yet given becomes the next step after the nudge.

        Args:
            pointer: empty if the check knows none for this answer.
        """
        if pointer and pointer != self._pointers.get(exercise):
            self._given[exercise] = min(self._given.get(exercise, 0), 1)
        self._pointers[exercise] = pointer

    def next(self, exercise: str, hints: Hints) -> Hint:
        """Return the next step; after the last one it stays with the way to the solution."""
        step = self._given[exercise] = self._given.get(exercise, 0) + 1
        texts = (hints.nudge, self._pointers.get(exercise) or hints.pointer, f"Fill the gap: `{hints.line}`")
        if step <= len(texts):
            return Hint(f"Hint {step} of {len(texts)}: {texts[step - 1]}")
        return Hint("That was the last hint.", find_solution(exercise))


def find_solution(exercise: str) -> str:
    """Return the path of the exercise's solution from the lesson's folder, or an empty text without such a notebook."""
    number = int(exercise.partition(".")[0])
    return next((f"solutions/{lesson.file_name}" for lesson in read_lessons() if lesson.number == number), "")
