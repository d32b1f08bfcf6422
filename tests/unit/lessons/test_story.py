"""The story: the tutorial's world, built, found and removed through the SDK."""

from __future__ import annotations

import json

import pytest

from helpers.errors.lesson_problems import StoryMissing
from helpers.lessons import story


def test_build_makes_the_tutorials_world(connection):
    """Names, attributes, expressions and activities are those of the tutorial; everybody is Offline."""
    world = story.build(connection.client)
    workspace = story.workspace_of(connection.client, world)

    workers = {
        each.friendly_name: (each.activity_name, json.loads(each.attributes)) for each in workspace.workers.list()
    }
    assert workers == {"Alice": ("Offline", {"languages": ["en", "es"]}), "Bob": ("Offline", {"languages": ["en"]})}
    assert {each.friendly_name: each.target_workers for each in workspace.task_queues.list()} == story.QUEUES
    assert [each.available for each in workspace.activities.list() if each.friendly_name in story.ACTIVITIES] == [
        True,
        False,
        False,
    ]


def test_workflow_routes_by_language(connection):
    """Spanish and English go to their queues, another language nowhere; a Reservation lasts twenty minutes."""
    world = story.build(connection.client)
    workspace = story.workspace_of(connection.client, world)

    queues = []
    for language in ("es", "en", "fr"):
        attributes = json.dumps({"selected_language": language})
        task = workspace.tasks.create(attributes=attributes, workflow_sid=world.workflow_sid)
        queues.append((task.fetch().assignment_status, task.fetch().task_queue_sid))

    assert queues[:2] == [("pending", world.spanish_queue_sid), ("pending", world.english_queue_sid)]
    assert queues[2][0] == "canceled"
    assert workspace.workflows(world.workflow_sid).fetch().task_reservation_timeout == 1200


def test_find_gives_what_build_gave(connection):
    """The world is found again by its names."""
    assert story.build(connection.client) == story.find(connection.client)


def test_missing_world_is_named(connection):
    """Without the workspace, or without Bob in it, the error names what is missing and who makes it."""
    with pytest.raises(StoryMissing, match=r"workspace 'TaskRouter Notebooks'.*Lesson 1"):
        story.find(connection.client)

    world = story.build(connection.client)
    story.workspace_of(connection.client, world).workers(world.bob_sid).delete()
    with pytest.raises(StoryMissing, match=r"worker 'Bob'"):
        story.find(connection.client)


def test_names_are_compared_exactly(connection):
    """Only the workspace of exactly this name is found and removed, whatever else its name begins with."""
    workspaces = connection.client.taskrouter.v1.workspaces
    others = [f"{story.WORKSPACE} 0a1b2c3d", story.WORKSPACE.lower(), "production"]
    for name in others:
        workspaces.create(friendly_name=name)
    with pytest.raises(StoryMissing):
        story.find(connection.client)

    expected = [story.build(connection.client).workspace_sid, workspaces.create(friendly_name=story.WORKSPACE).sid]

    assert story.find(connection.client).workspace_sid == expected[0]
    assert story.remove(connection.client) == expected
    assert [each.friendly_name for each in workspaces.list()] == others


def test_filter_that_is_not_honoured(connection, monkeypatch):
    """Nor does a list help to a wrong one that is longer than its filter asks for, and has several pages."""
    workspaces = connection.client.taskrouter.v1.workspaces
    others = [workspaces.create(friendly_name=f"other {number}").sid for number in range(60)]
    stream = type(workspaces).stream
    monkeypatch.setattr(type(workspaces), "stream", lambda self, friendly_name=None, **most: stream(self, **most))

    own = story.build(connection.client)

    assert story.find(connection.client) == own
    assert story.remove(connection.client) == [own.workspace_sid]
    assert [each.sid for each in workspaces.list()] == others
