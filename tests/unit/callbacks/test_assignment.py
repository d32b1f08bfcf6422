"""The callback as a decision function sees it."""

from __future__ import annotations

import pytest

from helpers.callbacks import AssignmentCallback
from helpers.ground.message import parse_form


def test_parameters_have_their_types():
    """Attributes are dicts, age and priority numbers, SIDs texts."""
    callback = AssignmentCallback.read(
        {
            "TaskSid": "WT1",
            "TaskAttributes": '{"a": [1]}',
            "WorkerAttributes": "{}",
            "TaskAge": "12",
            "TaskPriority": "3",
        }
    )

    assert (callback.task_sid, callback.task_attributes, callback.worker_attributes) == ("WT1", {"a": [1]}, {})
    assert (callback.task_age, callback.task_priority) == (12, 3)


def test_parameters_read_as_a_mapping():
    """Twilio's own names work as in a dict."""
    callback = AssignmentCallback.read({"TaskSid": "WT1", "Timestamp": "1"})

    assert dict(callback) == {"TaskSid": "WT1", "Timestamp": "1"}
    assert callback.get("Digits") is None
    with pytest.raises(KeyError):
        callback["Digits"]


@pytest.mark.parametrize("attributes", ["", "{", "[1]", "null", "[" * 100_000, "NaN"])
def test_unreadable_attributes_are_empty(attributes):
    """Reading a callback never fails on what is in it."""
    assert AssignmentCallback.read({"TaskAttributes": attributes}).task_attributes == {}


@pytest.mark.parametrize("age", ["", "soon", "1.5", "\u0661x", "9" * 5000])
def test_unreadable_numbers_are_zero(age):
    """An age that is no number is 0."""
    assert AssignmentCallback.read({"TaskAge": age}).task_age == 0


def test_first_of_several_values_counts():
    """A repeated parameter does not break the types."""
    assert AssignmentCallback.read(parse_form("TaskSid=WT1&TaskSid=WT2")).task_sid == "WT1"
