"""Ends of the lessons: the changes that each makes, with which the lessons after it start."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files
from typing import NamedTuple

from helpers.connection import Connection
from helpers.errors.lesson_problems import StartMissed
from helpers.lessons import story
from helpers.lessons.story import Story
from helpers.waiting.wait_for import wait_for

__all__ = ["ENDS", "WRITTEN", "LessonEnd", "claim", "describe_world", "listen"]

_MODULE = re.compile(r"lesson_(\d\d)\.py")

WRITTEN = sorted(
    int(found[1])
    for each in files(__package__).joinpath("checks", "lessons").iterdir()
    if (found := _MODULE.fullmatch(each.name))
)
"""Numbers of the lessons that are written; every lesson has a module of checks."""

_SPANISH = {"selected_language": "es"}


class LessonEnd(NamedTuple):
    """Changes that one lesson makes to the world."""

    lesson: int
    make: Callable[[Connection, Story], str]
    """Function that makes them with SDK calls, waits for TaskRouter's part, and returns in words what it then saw."""


def describe_world(connection: Connection, world: Story) -> str:
    """Say what ``story.build`` created and has read again."""
    return f"the Workspace “{connection.workspace_name}” has Alice and Bob, two TaskQueues and a Workflow"


def listen(connection: Connection, world: Story) -> str:
    """Let the Workflow's assignment callbacks come to the listener, where TaskRouter can call this machine.

    Raises:
        StartMissed: TaskRouter has another URL.
    """
    listener = connection.listen()
    listener.create_tasks_with(connection.client, world.workspace_sid, world.workflow_sid)
    url = connection.callback_url
    workflow = story.workspace_of(connection.client, world).workflows(world.workflow_sid)
    set_url = workflow.update(assignment_callback_url=url).assignment_callback_url
    if not url:
        return claim("the Workflow has no assignment callback yet, because it needs a tunnel", not set_url, set_url)
    return claim("the Workflow's assignment callbacks go to this notebook's listener", set_url == url, set_url)


def _create_task(connection: Connection, world: Story) -> str:
    tasks = story.workspace_of(connection.client, world).tasks
    task = tasks.create(attributes=json.dumps(_SPANISH), workflow_sid=world.workflow_sid).fetch()
    return claim(
        "a Spanish Task was created, and it was pending", task.assignment_status == "pending", task.assignment_status
    )


def _set_alice_idle(connection: Connection, world: Story) -> str:
    workspace = story.workspace_of(connection.client, world)
    alice = workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
    reserved = []
    for task in workspace.tasks.list():
        wait_for("Reservation offered", task)
        reserved += [each.worker_name for each in workspace.tasks(task.sid).reservations.list()]
    seen = alice.activity_name, reserved
    return claim("Alice is Idle, and a Reservation offers her the Task", seen == ("Idle", ["Alice"]), seen)


def _complete(connection: Connection, world: Story) -> str:
    workspace = story.workspace_of(connection.client, world)
    ended = []
    for task in workspace.tasks.list(assignment_status=["reserved"]):
        for reservation in workspace.tasks(task.sid).reservations.list(reservation_status="pending"):
            reservation.update(reservation_status="accepted")
        wait_for("Task assigned", task)
        completed = workspace.tasks(task.sid).update(assignment_status="completed", reason="lesson 5 is done")
        ended.append(completed.assignment_status)
    return claim("she accepted it, and the Task is completed", ended == ["completed"], ended)


def claim(words: str, is_so: bool, seen: object) -> str:
    """Return ``words``, which say what was made, if they are true; ``seen`` is what was seen.

    Raises:
        StartMissed: they aren't.
    """
    if not is_so:
        raise StartMissed(words, seen)
    return words


ENDS = (
    LessonEnd(1, describe_world),
    LessonEnd(2, listen),
    LessonEnd(3, _create_task),
    LessonEnd(4, _set_alice_idle),
    LessonEnd(5, _complete),
)
"""Ends by lesson; a lesson that doesn't change the world has none."""
