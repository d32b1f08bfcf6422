"""Start of lesson 13: Saturday 10:00, and Alice and Bob are each busy with an English customer."""

from __future__ import annotations

import json
from datetime import timedelta

from helpers.connection import Connection
from helpers.lessons import story
from helpers.lessons.lesson_ends import claim, describe_world
from helpers.lessons.starts.lesson_start import LessonStart
from helpers.lessons.story import Story
from helpers.waiting.wait_for import wait_for

__all__ = ["START"]

_ENGLISH = json.dumps({"selected_language": "en"})


def _start_work(connection: Connection, world: Story) -> str:
    """Set Alice and Bob Idle, and let each accept an English Task."""
    workspace = story.workspace_of(connection.client, world)
    helped = []
    for worker_sid in (world.alice_sid, world.bob_sid):
        workspace.workers(worker_sid).update(activity_sid=world.activity_sids["Idle"])
    for _ in range(2):
        task = workspace.tasks.create(attributes=_ENGLISH, workflow_sid=world.workflow_sid)
        wait_for("Reservation offered", task)
        for reservation in workspace.tasks(task.sid).reservations.list(reservation_status="pending"):
            helped.append(reservation.update(reservation_status="accepted").worker_name)
        wait_for("Task assigned", task)
    words = "Alice and Bob are Idle, and each is helping an English customer"
    return claim(words, sorted(helped) == ["Alice", "Bob"], helped)


START = LessonStart(after=timedelta(days=5, hours=1), steps=(describe_world, _start_work))
