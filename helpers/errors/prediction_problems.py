"""Problems of a prediction: it is none, or comes too late."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.emulator.display.value_kinds import kind
from helpers.errors import HelperError

__all__ = [
    "NoSuchChoice",
    "NoSuchWhat",
    "NotPredictable",
    "PredictedTooLate",
    "PredictionProblem",
]


_NOT_ABOUT = {
    "worker": 'A prediction is about a Task, but you passed {given}. Write `predict(task, "Alice")` with a Task of '
    '`workspace.tasks.list()`, or `predict("Alice")` for the next Reservation, whatever its Task.',
    "status": (
        'To predict a status, pass a Task. You passed {given}. Write `predict(task, what="status")` with a Task '
        'of `workspace.tasks.list()`, or `predict(what="status")` for the next Task.'
    ),
    "activity": (
        'To predict an Activity, pass a Worker. You passed {given}. Write `predict(worker, what="activity")` '
        "with a Worker of `workspace.workers.list()`."
    ),
}
"""Sentences of ``NotPredictable``, by what was to be predicted."""


class PredictionProblem(HelperError):
    """Error of a prediction."""


class NotPredictable(PredictionProblem):
    """Error for a prediction about ``given``, which isn't a Task or, of an Activity, a Worker."""

    def __init__(self, given: object, what: str = "worker") -> None:
        super().__init__(_NOT_ABOUT[what].format(given=kind(given)))
        self.given = given


class NoSuchWhat(PredictionProblem):
    """Error for a prediction of ``what``, which isn't one of the ``known`` values."""

    def __init__(self, what: str, known: Sequence[str]) -> None:
        super().__init__(
            f"`what` is {what}, but you can't predict that. Write one of: {', '.join(map(repr, known))}, such as "
            '`predict(task, what="status")`.'
        )
        self.what = what


class NoSuchChoice(PredictionProblem):
    """Error for the name ``given``, which isn't one of the ``choices``; ``kind`` is what they are."""

    def __init__(self, given: str, choices: Sequence[str], meant: str | None, kind: str = "Worker") -> None:
        did_you_mean = f" Did you mean {meant!r}?" if meant else ""
        super().__init__(
            f"There's no {kind} {given!r} in this Workspace.{did_you_mean} Choose one of: {', '.join(choices)}."
        )
        self.given = given
        self.choices = tuple(choices)


class PredictedTooLate(PredictionProblem):
    """Error for a prediction after the fact; ``seen`` says what has happened."""

    def __init__(self, seen: str, next_step: str) -> None:
        super().__init__(f"{seen} It's too late for a prediction: {next_step}")
        self.seen = seen
