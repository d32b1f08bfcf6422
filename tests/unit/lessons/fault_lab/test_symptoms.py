"""Nine faults, each with symptoms of its own, measured in worlds of their own."""

from __future__ import annotations

import pytest

from helpers.lessons.fault_lab.applications import APPLICATIONS
from helpers.lessons.fault_lab.lab_world import build_world
from helpers.lessons.fault_lab.minute import Minute
from helpers.lessons.fault_lab.symptoms import Symptoms, all_symptoms, read_symptoms


def test_no_two_applications_look_the_same():
    """The nine, and yesterday's, are told apart by symptoms alone."""
    found = all_symptoms()

    assert len(found) == 10
    assert len(set(found)) == 10


def test_symptoms_are_as_the_lesson_tells_them():
    """Three flicker with a status or none, three time out in silence or with a warning, and three look healthy."""
    assert all_symptoms() == (
        Symptoms("completed", "Idle", "none", "200", 1, "accept", "nothing", "as sent"),
        Symptoms("timeout", "Offline", "none", "200", 1, "empty", "nothing", "as sent"),
        Symptoms("timeout", "Offline", "40005", "200", 1, "message", "nothing", "as sent"),
        Symptoms("canceled", "Idle", "11200", "500", 1, "message", "nothing", "as sent"),
        Symptoms("canceled", "Idle", "11200", "none", 1, "accept", "nothing", "as sent"),
        Symptoms("canceled", "Idle", "11200", "none", 0, "nothing", "nothing", "as sent"),
        Symptoms("canceled", "Idle", "11200", "403", 1, "message", "nothing", "as sent"),
        Symptoms("completed", "Idle", "none", "200", 2, "accept", "nothing", "as sent"),
        Symptoms("completed", "Idle", "none", "200", 1, "accept", "nothing", "mixed up"),
        Symptoms("timeout", "Offline", "none", "200", 1, "empty", "refused", "as sent"),
    )


@pytest.mark.parametrize("number", range(len(APPLICATIONS)))
def test_symptoms_are_the_same_every_time(number):
    """A second world shows the same, with another order of another customer."""
    world = build_world()
    minute = Minute(world, number, order=2002)
    minute.play()

    assert read_symptoms(world, minute) == all_symptoms()[number]


def test_duplicate_is_seen_by_the_customer():
    """The same Reservation twice, two emails, and one delivery in TaskRouter's log."""
    minute = Minute(build_world(), 7)
    minute.play()
    calls = minute.app.inbox.select(path="/assignment_callback")

    assert [call.repeats for call in calls] == [None, 1]
    assert minute.app.shop.log[:2] == ["order 1001: email sent to the customer"] * 2
    assert len([each for each in minute.deliveries() if each.callback.kind == "assignment"]) == 1


def test_reordered_events_leave_the_screen_wrong():
    """The screen shows that the Task is accepted, although it's completed."""
    minute = Minute(build_world(), 8)
    minute.play()

    assert minute.app.shop.log[-2:] == [
        "order 1001: the screen shows task.completed",
        "order 1001: the screen shows reservation.accepted",
    ]
