"""Start of lesson 9: Tuesday 09:00, both Workers are Offline, and the Workflow has no default filter."""

from __future__ import annotations

import json
from datetime import timedelta

from helpers.connection import Connection
from helpers.lessons import story
from helpers.lessons.lesson_ends import claim, describe_world, listen
from helpers.lessons.starts.lesson_start import LessonStart
from helpers.lessons.story import Story

__all__ = ["START"]


def _read_workers(connection: Connection, world: Story) -> str:
    workers = story.workspace_of(connection.client, world).workers.list()
    seen = {each.friendly_name: each.activity_name for each in workers}
    return claim("Alice and Bob are Offline", seen == {"Alice": "Offline", "Bob": "Offline"}, seen)


def _read_workflow(connection: Connection, world: Story) -> str:
    workflow = story.workspace_of(connection.client, world).workflows(world.workflow_sid).fetch()
    routing = json.loads(workflow.configuration)["task_routing"]
    names = [each["filter_friendly_name"] for each in routing["filters"]]
    is_so = names == ["Spanish", "English"] and routing.get("default_filter") is None
    return claim("the Workflow has the filters Spanish and English, and no default filter", is_so, routing)


START = LessonStart(after=timedelta(days=1), steps=(describe_world, listen, _read_workers, _read_workflow))
