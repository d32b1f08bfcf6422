"""One question about a lesson: its choices, and the step that has the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.lessons.lesson_files import read_lessons

__all__ = ["AskedQuestion", "RecallQuestion"]


@dataclass(frozen=True)
class RecallQuestion:
    """Question with its choices, each with the sentence that is told to whoever chooses it."""

    text: str
    choices: Mapping[str, str]
    right: str
    """Letter of the right choice, "a" for the first one."""
    place: str
    """Id of a cell of the lesson: its step has the answer. Ids stay when headings change."""


@dataclass(frozen=True)
class AskedQuestion:
    """Question number ``number`` of ``lesson``, as a quiz asks it."""

    lesson: int
    number: int
    question: RecallQuestion

    @property
    def choices(self) -> dict[str, str]:
        """The choices by letter."""
        return dict(zip("abcdefgh", self.question.choices, strict=False))

    def judge(self, letter: str) -> str:
        """Return the sentence for a choice; after a wrong one the step to read again."""
        told = self.question.choices[self.choices[letter]]
        if letter == self.question.right:
            return f"Right. {told}"
        return f"Not quite. {told} {self._point_to_step()}".rstrip()

    def _point_to_step(self) -> str:
        """Return where the answer is; nothing if the notebook can't be read."""
        steps = (step for each in read_lessons() if each.number == self.lesson for step in each.steps)
        step = next((each for each in steps if self.question.place in each.cell_ids), None)
        return "" if step is None else f"Read again in lesson {self.lesson}: “{step.heading}”."
