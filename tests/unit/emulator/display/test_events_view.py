"""Events in words."""

from __future__ import annotations

import pytest

from helpers.emulator.display.board.events_view import event_sentence
from tests.unit.sdk_objects import TASK_SID


@pytest.mark.parametrize(
    ("event_type", "data", "sentence"),
    [
        (
            "reservation.created",
            {"reservation_sid": "WR" + "1" * 32, "task_sid": TASK_SID, "worker_name": "Alice"},
            "Reservation WR1111… offers Task WT3f9a… to Alice.",
        ),
        (
            "worker.activity.update",
            {"worker_name": "<b>", "worker_activity_name": "Idle", "worker_previous_activity_name": "Offline"},
            "<b> changed from Offline to Idle.",
        ),
        (
            "workflow.target-matched",
            {"task_sid": TASK_SID, "workflow_name": "Requests", "workflow_filter_name": "Everybody"},
            "Task WT3f9a… went to the default filter of Workflow Requests.",
        ),
        (
            "workflow.target-matched",
            {
                "task_sid": TASK_SID,
                "workflow_name": "Requests",
                "workflow_filter_name": "",
                "workflow_filter_expression": '["a == 1"]',
            },
            "Task WT3f9a… matched a filter of Workflow Requests.",
        ),
        ("task.created", {"task_sid": TASK_SID}, "Task WT3f9a… was created."),
        (
            "workflow.skipped",
            {"task_sid": TASK_SID, "workflow_name": "Requests"},
            "Task WT3f9a… skipped the last target of Workflow Requests (skip_if), and there is no other target.",
        ),
    ],
)
def test_known_events_have_a_sentence(event_type, data, sentence):
    """With names in full, and SIDs short enough to read."""
    assert event_sentence(event_type, data) == sentence


@pytest.mark.parametrize("event_type", ["worker.something.new", "task.created"], ids=["unknown", "lacks its data"])
def test_other_events_keep_their_description(event_type):
    """What Twilio says of it, as text on one line; the type where it says nothing."""
    assert event_sentence(event_type, {}, "Something\nhappened") == "Something\\nhappened"
    assert event_sentence(event_type, {}) == event_type
