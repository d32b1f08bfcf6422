"""Lesson 8: right answers pass, and each mistake gets a sentence of its own."""

from __future__ import annotations

import pytest

from helpers.lessons.checks import check


@pytest.fixture
def status(desk):
    """The right answer: the status of the Task that the lesson's cells create."""
    desk.begin(8)
    spanish = '{"selected_language": "es"}'
    created = desk.workspace.tasks.create(attributes=spanish, workflow_sid=desk.story.workflow_sid)
    return created.fetch().assignment_status


def test_right_answer_passes(status):
    """The status alone, in any case and with spaces around it."""
    assert check("8.1", status).passed
    assert check("8.1", f" {status.upper()} ").passed


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (..., "`status` is still `...`"),
        ("completed", "'completed' isn't the status it has now. Fetch the Task"),
        ("accepted", "'accepted' isn't the status it has now. That's a status of a Reservation"),
        ("rejected", "'rejected' isn't the status it has now. That's a status of a Reservation"),
        ("created", "'created' isn't the status it has now. The Task is created"),
        ("done", "'done' isn't the status it has now. TaskRouter says completed"),
        ("waiting", "'waiting' isn't the status it has now. TaskRouter says pending"),
        ("", "`status` is an empty text"),
        (200, "`status` is a number; this exercise needs text"),
        (None, "`status` is nothing (`None`)"),
        (["a", "b"], "`status` is a list"),
        ({"status": 1}, "`status` is a dictionary"),
    ],
)
def test_mistake_is_told_what_is_wrong_with_it(status, answer, words):
    """8.1: the verdict says what is wrong with this answer."""
    assert words in str(check("8.1", answer))


def test_answer_before_the_task_is_there(desk):
    """Without a Task the check says which cells to run."""
    desk.begin(2)

    assert "There is no Task yet" in str(check("8.1", "pending"))
