"""Workflow patterns: each can be loaded, and does what lesson 9 says of it."""

from __future__ import annotations

import json

import pytest

from helpers.errors.lesson_problems import StoryMissing, UnknownPattern
from helpers.lessons import story
from helpers.lessons.lessons import catch_up
from helpers.lessons.workflow_patterns import PATTERNS, pattern


class Shop:
    """Shop of lesson 9, with a pattern loaded."""

    def __init__(self, connection, name):
        self.connection, self.world = connection, catch_up(9)
        self.workspace = story.workspace_of(connection.client, self.world)
        configuration = json.dumps({"task_routing": {"filters": pattern(name)}})
        self.workspace.workflows(self.world.workflow_sid).update(configuration=configuration)

    def set_idle(self, *sids):
        """Set these Workers Idle."""
        for sid in sids:
            self.workspace.workers(sid).update(activity_sid=self.world.activity_sids["Idle"])

    def write(self, **attributes):
        """Create a Task."""
        return self.workspace.tasks.create(attributes=json.dumps(attributes), workflow_sid=self.world.workflow_sid)

    def see(self, task):
        """Status, queue and priority of a Task, and who was reserved for it."""
        now, offers = task.fetch(), self.workspace.tasks(task.sid).reservations.list()
        queue = now.task_queue_friendly_name.rpartition(" ")[2]
        return now.assignment_status, queue, now.priority, [each.worker_name for each in offers]


@pytest.fixture
def shop(connection):
    """A function that opens the shop with a pattern."""
    return lambda name: Shop(connection, name)


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_can_be_loaded(shop, name):
    """TaskRouter accepts each, with the SIDs of the lesson's queues."""
    opened = shop(name)
    queues = {opened.world.english_queue_sid, opened.world.spanish_queue_sid}

    assert {target["queue"] for each in pattern(name) for target in each["targets"]} <= queues


def test_sticky(shop):
    """Alice has half a minute for her regular, then everyone is asked."""
    opened = shop("sticky")
    opened.set_idle(opened.world.bob_sid)
    regular = opened.write(agent_sid=opened.world.alice_sid)
    opened.connection.advance(29)
    assert opened.see(regular) == ("pending", "English", 0, [])
    opened.connection.advance(1)

    assert opened.see(regular) == ("reserved", "English", 0, ["Bob"])


def test_overflow(shop):
    """Alice is Idle but busy: the second customer doesn't wait for her."""
    opened = shop("overflow")
    opened.set_idle(opened.world.alice_sid)
    tasks = [opened.write(selected_language="es") for _ in range(2)]

    assert [opened.see(task) for task in tasks] == [
        ("reserved", "Spanish", 0, ["Alice"]),
        ("pending", "English", 5, []),
    ]


@pytest.mark.parametrize(
    ("seconds", "status"),
    [(0, "reserved"), (8 * 3600 - 60, "reserved"), (8 * 3600, "pending"), (4 * 86400, "pending")],
    ids=["Tuesday at nine", "one minute to five", "five o'clock", "Saturday"],
)
def test_hours(shop, seconds, status):
    """Open on weekdays from nine to five, UTC."""
    opened = shop("hours")
    opened.set_idle(opened.world.bob_sid)
    opened.connection.advance(seconds)

    assert opened.see(opened.write())[0] == status


def test_callback(shop):
    """Nobody is asked for ten minutes, though Bob is Idle."""
    opened = shop("callback")
    opened.set_idle(opened.world.bob_sid)
    task = opened.write(callback=True)
    opened.connection.advance(599)
    assert opened.see(task) == ("pending", "English", 0, [])
    opened.connection.advance(1)

    assert opened.see(task) == ("reserved", "English", 5, ["Bob"])


def test_voicemail(shop):
    """A minute later the Task is canceled, with the event that an app reacts to."""
    opened = shop("voicemail")
    task = opened.write()
    opened.connection.advance(60)

    assert opened.see(task)[0] == "canceled"
    assert "workflow.timeout" in [each.event_type for each in opened.workspace.events.list(task_sid=task.sid)]


def test_declined(shop):
    """A Worker in the list isn't asked; without the list nobody is."""
    opened = shop("declined")
    world = opened.world
    opened.set_idle(world.alice_sid, world.bob_sid)

    assert opened.see(opened.write(declined=[world.alice_sid]))[3] == ["Bob"]
    assert opened.see(opened.write(declined=[]))[3] == ["Alice"]
    assert opened.see(opened.write())[0] == "pending"


def test_inherited(shop):
    """Ten filters: the fifth hides the sixth from a Spanish customer of a campaign."""
    opened = shop("inherited")

    assert len(pattern("inherited")) == 10
    assert opened.see(opened.write(selected_language="es", topic="repair"))[1] == "Spanish"
    assert opened.see(opened.write(selected_language="es", topic="repair", campaign="spring"))[1] == "English"


def test_pattern_is_the_learners_own(shop):
    """A change to what was returned changes no other copy."""
    shop("sticky")
    pattern(" Sticky ")[0]["targets"][0]["timeout"] = 1

    assert pattern("sticky")[0]["targets"][0]["timeout"] == 30


@pytest.mark.parametrize("name", ["stiky", "", None, 3, ["sticky"]])
def test_unknown_pattern(connection, name):
    """The names that there are."""
    with pytest.raises(UnknownPattern, match=r'The patterns are "sticky", .* and "inherited"\.$'):
        pattern(name)


def test_pattern_before_the_lesson(connection):
    """Without the lesson's queues there are no SIDs to put in."""
    with pytest.raises(StoryMissing):
        pattern("sticky")
