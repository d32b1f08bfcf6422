"""Problems of a prediction: it is none, or comes too late."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.errors import HelperError

__all__ = [
    "NoSuchChoice",
    "NotPredictable",
    "PredictedTooLate",
    "PredictionProblem",
]


class PredictionProblem(HelperError):
    """Error of a prediction."""


class NotPredictable(PredictionProblem):
    """Error for a prediction about ``given``, which isn't a Task."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f'A prediction is about a Task, and this is {given}. Write `predict(task, "Alice")` with a Task of '
            '`workspace.tasks.list()`, or `predict("Alice")` for the next Reservation, whatever its Task.'
        )
        self.given = given


class NoSuchChoice(PredictionProblem):
    """Error for the name ``given``, which isn't one of the ``choices``."""

    def __init__(self, given: str, choices: Sequence[str], meant: str | None) -> None:
        did_you_mean = f" Did you mean {meant!r}?" if meant else ""
        super().__init__(
            f"There is no Worker {given!r} in this Workspace.{did_you_mean} Choose one of: {', '.join(choices)}."
        )
        self.given = given
        self.choices = tuple(choices)


class PredictedTooLate(PredictionProblem):
    """Error for a prediction after the fact; ``seen`` says what has happened."""

    def __init__(self, seen: str, next_step: str) -> None:
        super().__init__(f"{seen} A prediction comes before the fact: {next_step}")
        self.seen = seen
