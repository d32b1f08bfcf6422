"""Start of lesson 12: Friday 08:00, the morning after a deployment; Alice is Idle, and nobody waits."""

from __future__ import annotations

from datetime import timedelta

from helpers.connection import Connection
from helpers.lessons import story
from helpers.lessons.lesson_ends import claim, describe_world, listen
from helpers.lessons.starts.lesson_start import LessonStart
from helpers.lessons.story import Story

__all__ = ["START", "set_alice_idle"]


def set_alice_idle(connection: Connection, world: Story) -> str:
    """Set Alice Idle, and leave Bob Offline."""
    workspace = story.workspace_of(connection.client, world)
    workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
    seen = [workspace.workers(sid).fetch().activity_name for sid in (world.alice_sid, world.bob_sid)]
    return claim("Alice is Idle, and Bob is Offline", seen == ["Idle", "Offline"], seen)


START = LessonStart(after=timedelta(days=3, hours=23), steps=(describe_world, listen, set_alice_idle))
