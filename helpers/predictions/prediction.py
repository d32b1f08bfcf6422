"""Prediction of a Reservation: chosen in code or in the widget, and compared with the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.emulator.display.blocks import View
from helpers.emulator.display.safe_text import one_line
from helpers.emulator.display.views.prediction_view import prediction_view
from helpers.errors.prediction_problems import PredictedTooLate, PredictionProblem
from helpers.output.actions import ActionResult, Click
from helpers.output.display import Display
from helpers.predictions.choices import choices, find_choice
from helpers.predictions.outcome import Outcome, Revealed
from helpers.predictions.question import Question

__all__ = ["Prediction"]


class Prediction(Display):
    """Prediction of the Worker that will be reserved; as the last line of a cell it is a radio group.

    Attributes:
        choice: a Worker's name, "nobody", or None until something is chosen.
    """

    def __init__(self, subject: Question) -> None:
        self._subject = subject
        self._known = frozenset(_list_earlier(subject))
        self._before: str | None = None
        self.choice: str | None = None
        super().__init__(self._draw(), on_click=self._choose_clicked)

    @property
    def is_out(self) -> bool:
        """True if somebody has been reserved since the prediction began."""
        return bool(self._outcome().workers)

    def choose(self, who: Any) -> Prediction:
        """Predict ``who``; the choice can change until somebody is reserved.

        Raises:
            NoSuchChoice: there is no such Worker.
            PredictedTooLate: somebody has been reserved already, or the Task has ended.
        """
        name = find_choice(self._subject, who)
        if name != self.choice:
            if (seen := self._say_why_closed()) is not None:
                raise PredictedTooLate(seen, self._next_step())
            self._before, self.choice = self.choice, name
        self.refresh()
        return self

    def refresh(self) -> None:
        """Show the current state in every place where this is displayed."""
        self._show(self._draw())

    def reveal(self) -> Revealed:
        """Show who was reserved, if that was predicted and, if not, why not."""
        self.refresh()
        return Revealed(self._subject, self.choice, self._outcome())

    def _outcome(self) -> Outcome:
        return Outcome.of([event for event in self._subject.offers() if event.sid not in self._known])

    def _say_why_closed(self) -> str | None:
        """Return why it is too late to predict, or None if it isn't."""
        outcome, end = self._outcome(), self._subject.end()
        if end is not None:
            return f"{end}: it has ended."
        return f"{outcome.who} has already been reserved ({outcome.offer})." if outcome.workers else None

    def _next_step(self) -> str:
        if self.choice is not None:
            return f"your prediction stays {one_line(self.choice)}. `prediction.reveal()` compares."
        return "choose a pending Task, or predict before you change anything."

    def _draw(self) -> View:
        every, seen = choices(self._subject), self._say_why_closed()
        return prediction_view(
            self._subject.question,
            every,
            self.choice,
            self._describe(every, seen),
            code="" if self.choice is None else self._subject.code(self.choice),
            closed=seen is not None,
        )

    def _describe(self, every: list[str], seen: str | None) -> str:
        if self.choice is None:
            if seen is not None:
                return f"{seen} There is nothing left to predict."
            return f"No prediction yet. Choose, type {self._subject.code(every[0])}, or skip this."
        if seen is not None:
            return f"You predicted {one_line(self.choice)}. {seen}"
        before = "" if self._before is None else f", no longer {one_line(self._before)}"
        return f"You predict {one_line(self.choice)}{before}."

    def _choose_clicked(self, click: Click) -> ActionResult:
        try:
            self.choose(click.get("who"))
        except PredictionProblem:
            self.refresh()  # somebody has been reserved meanwhile
            raise
        return ActionResult(str(self._view.state["said"]), str(self._view.state["code"]))


def _list_earlier(subject: Question) -> Iterator[str]:
    """Yield the SIDs of events to leave out: all of ``offers()``, but not the latest if the Task is taken already."""
    offers = subject.offers()
    last = None if subject.waits() or not offers else offers[-1].event_date_ms
    return (event.sid for event in offers if event.event_date_ms != last)
