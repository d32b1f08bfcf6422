"""Start of lesson 10: Wednesday 09:00, Alice and Bob are Idle, and the Workflow has a filter for chats."""

from __future__ import annotations

import json
from datetime import timedelta

from helpers.connection import Connection
from helpers.lessons import story
from helpers.lessons.lesson_ends import claim, describe_world, listen
from helpers.lessons.starts.lesson_start import LessonStart
from helpers.lessons.story import Story

__all__ = ["START"]


def _set_both_idle(connection: Connection, world: Story) -> str:
    workers = story.workspace_of(connection.client, world).workers
    for sid in (world.alice_sid, world.bob_sid):
        workers(sid).update(activity_sid=world.activity_sids["Idle"])
    seen = [workers(sid).fetch().activity_name for sid in (world.alice_sid, world.bob_sid)]
    return claim("Alice and Bob are Idle", seen == ["Idle", "Idle"], seen)


def _add_chat_filter(connection: Connection, world: Story) -> str:
    """Put a filter for chats before the tutorial's two."""
    workflow = story.workspace_of(connection.client, world).workflows(world.workflow_sid)
    configuration = story.workflow_configuration(world.english_queue_sid, world.spanish_queue_sid)
    chats = {
        "filter_friendly_name": "Chat",
        "expression": 'medium == "chat"',
        "targets": [{"queue": world.spanish_queue_sid}],
    }
    configuration["task_routing"]["filters"].insert(0, chats)
    workflow.update(configuration=json.dumps(configuration))
    filters = json.loads(workflow.fetch().configuration)["task_routing"]["filters"]
    seen = [each["filter_friendly_name"] for each in filters]
    words = "the Workflow's first filter, “Chat”, sends chats to the Spanish queue"
    return claim(words, seen == ["Chat", "Spanish", "English"], seen)


START = LessonStart(after=timedelta(days=2), steps=(describe_world, listen, _set_both_idle, _add_chat_filter))
