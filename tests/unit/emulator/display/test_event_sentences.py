"""One sentence for each type of event, whoever tells it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from helpers.emulator.display.events.event_sentences import event_text
from helpers.emulator.engine.model.event_types import EVENT_TYPES

HELPERS = Path(__file__).resolve().parents[4] / "helpers"
CALLS = "sid_hints.py"
"""Its texts are calls of the SDK, such as `workspace.tasks`."""

EVERYTHING = {
    "activity_name": "Idle",
    "reservation_sid": "WR" + "1" * 32,
    "reservation_timeout": "120",
    "task_channel_unique_name": "voice",
    "task_queue_name": "Spanish",
    "task_sid": "WT" + "2" * 32,
    "worker_activity_name": "Idle",
    "worker_name": "Alice",
    "worker_previous_activity_name": "Offline",
    "workflow_filter_expression": '["a == 1"]',
    "workflow_filter_name": "First",
    "workflow_name": "Requests",
}


def test_every_type_has_a_sentence():
    """All that the emulator records can be told; transfers of calls do not happen in it."""
    silent = {each for each in EVENT_TYPES if event_text(each, EVERYTHING) is None}

    assert {each.partition("-")[0] for each in silent} == {"task.transfer"}


@pytest.mark.parametrize(
    ("event_type", "of_workspace", "of_task"),
    [
        ("reservation.accepted", "Alice accepted Reservation WR1111…", "Alice accepted Reservation WR1111…"),
        (
            "reservation.created",
            "Reservation WR1111… offers Task WT2222… to Alice",
            "Reservation WR1111… offers it to Alice",
        ),
        ("reservation.timeout", *["Alice did not answer Reservation WR1111… within 120 s"] * 2),
        ("task-queue.entered", "Task WT2222… entered TaskQueue Spanish", "it entered TaskQueue Spanish"),
    ],
)
def test_sentence_is_the_same_of_one_task(event_type, of_workspace, of_task):
    """Where all is told of one Task, only its name is another."""
    assert event_text(event_type, EVERYTHING) == of_workspace
    assert event_text(event_type, EVERYTHING, task="it") == of_task


def test_default_filter_is_not_said_to_match():
    """A Task comes to it where no filter matched, and where each that did was left by skip_if."""
    data = {name: value for name, value in EVERYTHING.items() if name != "workflow_filter_expression"}

    assert (
        event_text("workflow.target-matched", data, task="it") == "it went to the default filter of Workflow Requests"
    )


def test_what_not_every_event_has_is_told():
    """The queue that a Task left, and that an offer is for a known Worker."""
    moved = EVERYTHING | {"previous_task_queue_name": "English"}
    known = EVERYTHING | {"known_worker_sid": "WK" + "3" * 32}

    assert event_text("task-queue.moved", moved, task="it") == "it moved from TaskQueue English to TaskQueue Spanish"
    assert event_text("task-queue.moved", EVERYTHING, task="it") == "it moved to TaskQueue Spanish"
    assert (
        event_text("reservation.created", known, task="it")
        == "Reservation WR1111… offers it to Alice, the known Worker"
    )


def test_types_named_in_the_code_exist():
    """No module names a type that `event_types.py` does not list."""
    kinds = "|".join(dict.fromkeys(each.partition(".")[0] for each in EVENT_TYPES))
    looks_like_one = re.compile(rf"(?:{kinds})(?:\.[a-z-]+)+")
    found = [
        f"{path.relative_to(HELPERS)}:{node.lineno}: {node.value}"
        for path in HELPERS.rglob("*.py")
        if path.name != CALLS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if looks_like_one.fullmatch(node.value) and node.value not in EVENT_TYPES
    ]

    assert not found, "\n".join(found)
