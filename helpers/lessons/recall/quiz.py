"""Questions that are asked together, and what was chosen so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpers.emulator.display.blocks import View
from helpers.emulator.display.safe_text import clip, one_line
from helpers.emulator.display.views.recall_view import Answerable, recall_view
from helpers.errors.recall_problems import NotAsked
from helpers.lessons.progress import record_recall
from helpers.lessons.recall.recall_answer import RecallAnswer
from helpers.lessons.recall.recall_question import AskedQuestion
from helpers.output.actions import ActionResult, Click
from helpers.output.display import Display

__all__ = ["Quiz"]


class Quiz(Display):
    """Quiz about ``asked``; as the last line of a cell it is a radio group for each question.

    Attributes:
        call: the code that shows it, such as ``recall(3)``.
    """

    def __init__(self, call: str, title: str, asked: Sequence[AskedQuestion]) -> None:
        self.call = call
        self._title = f"{title} Nobody grades your answers."
        self._asked = list(asked)
        self._chosen: dict[int, str] = {}
        self._last = 0
        super().__init__(self._draw(), on_click=self._answer_clicked)

    def answer(self, number: Any, letter: Any) -> RecallAnswer:
        """Answer question ``number``; each question can be answered as often as one likes.

        Raises:
            NotAsked: there is no such question or choice.
        """
        asked = self._find_question(number)
        chosen = self._find_choice(asked, number, letter)
        self._last, self._chosen[number] = number, chosen
        record_recall(asked.lesson, asked.number, chosen == asked.question.right)
        self._show(self._draw())
        return RecallAnswer(self._spell(number, chosen), asked.judge(chosen))

    def _find_question(self, number: Any) -> AskedQuestion:
        if type(number) is int and 0 < number <= len(self._asked):  # True equals 1
            return self._asked[number - 1]
        raise NotAsked(
            f"`{self.call}` has questions 1 to {len(self._asked)}, and none with the number {_clip(number)}.",
            f"To answer the first one, write `{self._spell(1, 'a')}`.",
        )

    def _find_choice(self, asked: AskedQuestion, number: int, letter: Any) -> str:
        given = str(letter).strip().casefold()
        if given in asked.choices:
            return given
        *most, last = asked.choices
        raise NotAsked(
            f"Question {number} has the choices {', '.join(most)} and {last}, and none called {_clip(letter)}.",
            f"Write the letter in quotes, such as `{self._spell(number, last)}`.",
        )

    def _draw(self) -> View:
        shown = [
            Answerable(each.question.text, each.choices, chosen, each.judge(chosen) if chosen else "")
            for number, each in enumerate(self._asked, 1)
            for chosen in [self._chosen.get(number)]
        ]
        last = self._last
        return recall_view(
            self.call, self._title, shown, self._spell(last, self._chosen[last]) if last else self._spell(1, "a")
        )

    def _spell(self, number: int, letter: str) -> str:
        """Return the code that answers a question."""
        return f'{self.call.removesuffix(")")}, {number}, "{letter}")'

    def _answer_clicked(self, click: Click) -> ActionResult:
        answer = self.answer(click.get("question"), click.get("choice"))
        return ActionResult(answer.told, answer.call)


def _clip(given: Any) -> str:
    return clip(one_line(repr(given)), 60)
