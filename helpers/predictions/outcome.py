"""Outcome of a prediction, compared with the choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers.emulator.display.blocks import Sentence
from helpers.emulator.display.safe_text import one_line, short_sid
from helpers.emulator.display.views.page_view import page_view
from helpers.output.display import Display
from helpers.predictions.miss_reasons import explain_miss
from helpers.predictions.question import NOBODY, Question

__all__ = ["Outcome", "Revealed"]


@dataclass(frozen=True)
class Outcome:
    """Workers that were reserved first, several if a TaskQueue reserves several at once, and the event of the first.

    Without a Reservation there are no ``workers``, and ``event`` is None.
    """

    workers: tuple[str, ...]
    event: Any = None

    @classmethod
    def of(cls, offers: Sequence[Any]) -> Outcome:
        """Return the outcome of these ``reservation.created`` events, oldest first."""
        if not offers:
            return cls(())
        first = offers[0]
        together = (first.event_date_ms, first.event_data["task_sid"])
        beside = [each for each in offers if (each.event_date_ms, each.event_data["task_sid"]) == together]
        return cls(tuple(each.event_data["worker_name"] for each in beside), first)

    @property
    def who(self) -> str:
        """The names of the Workers in words, or "nobody"."""
        return " and ".join(map(one_line, self.workers)) or NOBODY

    @property
    def offer(self) -> str:
        """The Reservation in words: ``Reservation WR63c2… of Task WT6870…``."""
        data = self.event.event_data
        return f"Reservation {short_sid(data['reservation_sid'])} of Task {short_sid(data['task_sid'])}"


class Revealed(Display):
    """Display of the outcome. ``right`` is True if it was predicted, None if there was no prediction."""

    def __init__(self, subject: Question, choice: str | None, outcome: Outcome) -> None:
        self.right = None if choice is None else choice in (outcome.workers or (NOBODY,))
        came = _describe_outcome(subject, outcome)
        if choice is None:
            sentences = [f"{came[0].upper()}{came[1:]}. You made no prediction."]
        elif self.right:
            sentences = [f"You predicted {one_line(choice)}, and you were right: {came}."]
        else:
            sentences = [f"You predicted {one_line(choice)}, but {came}.", explain_miss(subject, choice, outcome.event)]
        name = {None: "undecided", True: "as predicted", False: "otherwise"}[self.right]
        super().__init__(page_view(f"Revealed({name})", list(map(Sentence, filter(None, sentences)))))


def _describe_outcome(subject: Question, outcome: Outcome) -> str:
    if outcome.workers:
        return f"{outcome.who} {'was' if len(outcome.workers) == 1 else 'were'} reserved ({outcome.offer})"
    end = subject.end()
    return "no Worker has been reserved so far" if end is None else f"no Worker was reserved: {end}"
