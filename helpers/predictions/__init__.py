"""Predictions: who will be reserved, chosen before and revealed after.

::

    prediction = predict(task)      a radio group; predict(task, "Alice") chooses at once
    alice.update(...)
    prediction.reveal()             how it came, and why not otherwise
"""

from __future__ import annotations

from typing import Any

from helpers.connection import connect
from helpers.predictions.prediction import Prediction
from helpers.predictions.question import Question, generation, read_about

__all__ = ["Prediction", "predict"]

_predictions: dict[tuple[int, str, str | None], Prediction] = {}
"""By what each is about, in the world as it is since its last beginning."""


def predict(about: Any = None, who: Any = None) -> Prediction:
    """Predict who will be reserved: for a Task, or next, whatever the Task.

    One Task has one prediction: calling this again, and choosing in the widget, leads to the same object. Without
    ``who`` it is left open, and everything goes on just as well.

    Args:
        about: a Task of the SDK; left out, the next Reservation of the tutorial's Workspace is meant. A name alone,
            ``predict("Alice")``, is taken for ``who``.
        who: a Worker's name, SID or instance, or ``"nobody"``.

    Raises:
        NotPredictable: ``about`` is no Task.
        NoSuchChoice: there is no such Worker.
        PredictedTooLate: somebody has been reserved already, or the Task is over.
    """
    task, who = read_about(about, who)
    subject = Question.of(connect(), task)
    key = (generation(connect()), subject.workspace_sid, subject.task_sid)
    prediction = _predictions.get(key)
    if prediction is None or (subject.task_sid is None and prediction.is_out):
        prediction = _predictions[key] = Prediction(subject)
    if who is not None:
        return prediction.choose(who)
    prediction.refresh()
    return prediction
