"""A story told with the real SDK, emulator and listener, and names that try to break out of a diagram."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from helpers.lessons import story
from helpers.lessons.lessons import catch_up

SPANISH = json.dumps({"selected_language": "es"})


@pytest.fixture
def told(connection):
    """Lesson 3 to 5 at once: a Task waits, Alice becomes available, accepts and completes; wire and inbox hold it."""
    world = catch_up(3)
    workspace = story.workspace_of(connection.client, world)
    listener = connection.listen()
    task = workspace.tasks.create(attributes=SPANISH, workflow_sid=world.workflow_sid)
    workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
    reservation = workspace.tasks(task.sid).reservations.list()[0]
    reservation.update(reservation_status="accepted")
    workspace.tasks(task.sid).update(assignment_status="completed", reason="customer is happy")
    return SimpleNamespace(
        connection=connection, world=world, workspace=workspace, listener=listener, task=task, reservation=reservation
    )
