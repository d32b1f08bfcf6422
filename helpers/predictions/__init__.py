"""Predictions of a Worker, a status or an Activity, chosen before and revealed after.

::

    prediction = predict(task)      a radio group; predict(task, "Alice") chooses at once
    alice.update(...)
    prediction.reveal()             who was reserved, and why not the predicted Worker
    predict(what="status")          the status of the next Task; predict(alice, what="activity") of Alice's Activity
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from helpers.connection import Connection, connect
from helpers.emulator.sdk.sdk_reading import sid_of
from helpers.predictions.prediction import Prediction
from helpers.predictions.question import Question, generation, read_about
from helpers.predictions.value_prediction import ValuePrediction
from helpers.predictions.value_question import ask_value, read_value_call

__all__ = ["Prediction", "predict"]

_predictions: WeakKeyDictionary[Connection, dict[tuple[int, str, str | None], Prediction]] = WeakKeyDictionary()
"""Predictions of a connection by history generation, Workspace SID and Task SID: another connection's are the same."""

_value_predictions: WeakKeyDictionary[Connection, dict[tuple[int, str, str | None], ValuePrediction]]
_value_predictions = WeakKeyDictionary()
"""Predictions of values by history generation, property and SID; None is the next Task."""


def predict(about: Any = None, who: Any = None, *, what: str = "worker") -> Prediction | ValuePrediction:
    """Predict who will be reserved for a Task, or next in the tutorial's Workspace; or another value.

    A Task has one prediction: each call returns the same object, which also has what was chosen in the widget.
    Without ``who`` nothing is chosen yet.

    Args:
        about: a Task of the SDK; by default the next Reservation of the tutorial's Workspace. A name alone,
            ``predict("Alice")``, counts as ``who``.
        who: a Worker's name, SID or instance, or ``"nobody"``; or the value, such as ``"pending"``.
        what: ``"status"`` of a Task, by default the next one, or ``"activity"`` of a Worker, instead of ``"worker"``.

    Raises:
        NotPredictable: ``about`` isn't a Task, or isn't the Worker that ``what`` needs.
        NoSuchWhat: ``what`` is something else.
        NoSuchChoice: there is no such Worker, status or Activity.
        PredictedTooLate: somebody has been reserved already, or the Task has ended.
        StoryMissing: no Task was named, and the tutorial's Workspace isn't there.
    """
    if what != "worker":
        return _predict_value(what, about, who)
    task, who = read_about(about, who)
    connection = connect()
    subject = Question.of(connection, task)
    known = _predictions.setdefault(connection, {})
    key = (generation(connection), subject.workspace_sid, subject.task_sid)
    prediction = known.get(key)
    if prediction is None or (subject.task_sid is None and prediction.is_out):
        prediction = known[key] = Prediction(subject)
    if who is not None:
        return prediction.choose(who)
    prediction.refresh()
    return prediction


def _predict_value(what: str, about: Any, value: Any) -> ValuePrediction:
    subject, value = read_value_call(what, about, value)
    connection = connect()
    known = _value_predictions.setdefault(connection, {})
    key = (generation(connection), what, sid_of(subject))
    prediction = known.get(key)
    if prediction is None or (prediction.is_out and value is None):
        prediction = known[key] = ValuePrediction(ask_value(connection, what, subject))
    return prediction if value is None else prediction.choose(value)
