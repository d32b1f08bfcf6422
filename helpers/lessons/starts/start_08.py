"""Start of lesson 8: Monday 14:00, Alice is Idle, and an offer waits two minutes for an answer."""

from __future__ import annotations

from datetime import timedelta

from helpers.connection import Connection
from helpers.emulator.engine.model.defaults import RESERVATION_TIMEOUT
from helpers.lessons import story
from helpers.lessons.lesson_ends import claim, describe_world, listen
from helpers.lessons.starts.lesson_start import LessonStart
from helpers.lessons.story import Story

__all__ = ["START"]


def _shorten_offers(connection: Connection, world: Story) -> str:
    workflow = story.workspace_of(connection.client, world).workflows(world.workflow_sid)
    seconds = workflow.update(task_reservation_timeout=RESERVATION_TIMEOUT).task_reservation_timeout
    return claim("an offer waits 120 s for an answer", seconds == RESERVATION_TIMEOUT, seconds)


def _set_alice_idle(connection: Connection, world: Story) -> str:
    workers = story.workspace_of(connection.client, world).workers
    workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
    seen = [workers(sid).fetch().activity_name for sid in (world.alice_sid, world.bob_sid)]
    return claim("Alice is Idle, and Bob is Offline", seen == ["Idle", "Offline"], seen)


START = LessonStart(after=timedelta(hours=5), steps=(describe_world, listen, _shorten_offers, _set_alice_idle))
