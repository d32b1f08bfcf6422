"""One prediction: open, chosen in code or in the widget, and compared with what came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.emulator.display.blocks import View
from helpers.emulator.display.safe_text import one_line
from helpers.emulator.display.views.prediction_view import prediction_view
from helpers.errors import PredictedTooLate, PredictionProblem
from helpers.output.actions import ActionResult, Click
from helpers.output.display import Display
from helpers.predictions.choices import choices, meant
from helpers.predictions.outcome import Outcome, Revealed
from helpers.predictions.question import Question

__all__ = ["Prediction"]


class Prediction(Display):
    """Who will be reserved; as the last line of a cell a radio group.

    Attributes:
        choice: a Worker's name, "nobody", or None as long as nothing was chosen.
    """

    def __init__(self, subject: Question) -> None:
        self._subject = subject
        self._known = frozenset(_earlier(subject))
        self._before: str | None = None
        self.choice: str | None = None
        super().__init__(self._drawn(), on_click=self._clicked)

    @property
    def is_out(self) -> bool:
        """Whether somebody has been reserved since."""
        return bool(self._outcome().workers)

    def choose(self, who: Any) -> Prediction:
        """Predict ``who``; until it has come out one may think again.

        Raises:
            NoSuchChoice: there is no such Worker.
            PredictedTooLate: somebody has been reserved already, or the Task is over.
        """
        name = meant(self._subject, who)
        if name != self.choice:
            if (seen := self._seen()) is not None:
                raise PredictedTooLate(seen, self._next_step())
            self._before, self.choice = self.choice, name
        self.refresh()
        return self

    def refresh(self) -> None:
        """Show how it stands now, wherever this is displayed."""
        self._show(self._drawn())

    def reveal(self) -> Revealed:
        """Say who was reserved, whether that was predicted and, if not, why not."""
        self.refresh()
        return Revealed(self._subject, self.choice, self._outcome())

    def _outcome(self) -> Outcome:
        return Outcome.of([event for event in self._subject.offers() if event.sid not in self._known])

    def _seen(self) -> str | None:
        """Why it is too late; None if it is not."""
        outcome, end = self._outcome(), self._subject.end()
        if end is not None:
            return f"{end}: it is over."
        return f"{outcome.who} has been reserved already ({outcome.offer})." if outcome.workers else None

    def _next_step(self) -> str:
        if self.choice is not None:
            return f"your prediction stays {one_line(self.choice)}. `prediction.reveal()` compares."
        return "choose a Task that is pending, or predict before anything is changed."

    def _drawn(self) -> View:
        every, seen = choices(self._subject), self._seen()
        return prediction_view(
            self._subject.question,
            every,
            self.choice,
            self._said(every, seen),
            code="" if self.choice is None else self._subject.code(self.choice),
            closed=seen is not None,
        )

    def _said(self, every: list[str], seen: str | None) -> str:
        """How it stands, in words."""
        if self.choice is None:
            if seen is not None:
                return f"{seen} There is nothing left to predict."
            return f"Nothing predicted yet: choose, or type {self._subject.code(every[0])}. You may also go on without."
        if seen is not None:
            return f"You predicted {one_line(self.choice)}. {seen}"
        before = "" if self._before is None else f", no longer {one_line(self._before)}"
        return f"You predict {one_line(self.choice)}{before}."

    def _clicked(self, click: Click) -> ActionResult:
        try:
            self.choose(click.get("who"))
        except PredictionProblem:
            self.refresh()  # it has come out meanwhile
            raise
        return ActionResult(str(self._view.state["said"]), str(self._view.state["code"]))


def _earlier(subject: Question) -> Iterator[str]:
    """SIDs of the events that told of earlier Reservations: of all so far if the Task waits, or is none yet."""
    offers = subject.offers()
    last = None if subject.waits() or not offers else offers[-1].event_date_ms
    return (event.sid for event in offers if event.event_date_ms != last)
