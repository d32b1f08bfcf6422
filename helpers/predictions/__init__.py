"""Predictions of the Worker that will be reserved, chosen before and revealed after.

::

    prediction = predict(task)      a radio group; predict(task, "Alice") chooses at once
    alice.update(...)
    prediction.reveal()             who was reserved, and why not the predicted Worker
"""

from __future__ import annotations

from typing import Any

from helpers.connection import connect
from helpers.predictions.prediction import Prediction
from helpers.predictions.question import Question, generation, read_about

__all__ = ["Prediction", "predict"]

_predictions: dict[tuple[int, str, str | None], Prediction] = {}
"""Predictions by history generation, Workspace SID and Task SID."""


def predict(about: Any = None, who: Any = None) -> Prediction:
    """Predict who will be reserved for a Task, or next in the tutorial's Workspace.

    A Task has one prediction: each call returns the same object, which also has what was chosen in the widget.
    Without ``who`` nothing is chosen yet.

    Args:
        about: a Task of the SDK; by default the next Reservation of the tutorial's Workspace. A name alone,
            ``predict("Alice")``, counts as ``who``.
        who: a Worker's name, SID or instance, or ``"nobody"``.

    Raises:
        NotPredictable: ``about`` isn't a Task.
        NoSuchChoice: there is no such Worker.
        PredictedTooLate: somebody has been reserved already, or the Task has ended.
        StoryMissing: no Task was named, and the tutorial's Workspace isn't there.
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
