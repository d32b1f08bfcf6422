"""Ends of the lessons: the changes that each makes, with which the lessons after it start."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files
from typing import NamedTuple

from helpers.callbacks import Listener
from helpers.connection import Connection
from helpers.errors import TunnelError
from helpers.lessons import story
from helpers.lessons.story import Story

__all__ = ["ENDS", "WRITTEN", "LessonEnd"]

_MODULE = re.compile(r"lesson_(\d\d)\.py")

WRITTEN = sorted(
    int(found[1]) for each in files(__package__).joinpath("checks").iterdir() if (found := _MODULE.fullmatch(each.name))
)
"""Numbers of the lessons that are written; every lesson has a module of checks."""

_SPANISH = {"selected_language": "es"}


class LessonEnd(NamedTuple):
    """Changes that one lesson makes to the world."""

    lesson: int
    words: str
    """Sentence about them; ``{workspace}`` stands for the workspace's name."""
    make: Callable[[Connection, Story], None] | None
    """Function that makes them with SDK calls; None for the Workspace itself, which ``story.build`` creates."""


def _listen(connection: Connection, world: Story) -> None:
    listener = connection.listen()
    listener.create_tasks_with(connection.client, world.workspace_sid, world.workflow_sid)
    if connection.mode == "local" or _expose(listener):
        workflow = story.workspace_of(connection.client, world).workflows(world.workflow_sid)
        workflow.update(assignment_callback_url=listener.assignment_url)


def _expose(listener: Listener) -> bool:
    try:
        listener.expose()
    except TunnelError as error:
        print(f"No callbacks will arrive. {error}")
    return listener.public_url is not None


def _create_task(connection: Connection, world: Story) -> None:
    tasks = story.workspace_of(connection.client, world).tasks
    tasks.create(attributes=json.dumps(_SPANISH), workflow_sid=world.workflow_sid)


def _set_alice_idle(connection: Connection, world: Story) -> None:
    alice = story.workspace_of(connection.client, world).workers(world.alice_sid)
    alice.update(activity_sid=world.activity_sids["Idle"])


def _complete(connection: Connection, world: Story) -> None:
    workspace = story.workspace_of(connection.client, world)
    for task in workspace.tasks.list(assignment_status=["reserved"]):
        for reservation in workspace.tasks(task.sid).reservations.list(reservation_status="pending"):
            reservation.update(reservation_status="accepted")
        workspace.tasks(task.sid).update(assignment_status="completed", reason="lesson 5 is done")


ENDS = (
    LessonEnd(1, "the workspace “{workspace}” holds Alice and Bob, two TaskQueues and a Workflow", None),
    LessonEnd(2, "the Workflow's assignment callback leads to this notebook's listener", _listen),
    LessonEnd(3, "a Spanish Task is pending", _create_task),
    LessonEnd(4, "Alice is Idle, and a Reservation offers her the Task", _set_alice_idle),
    LessonEnd(5, "she accepted it, and the Task is completed", _complete),
)
"""Ends by lesson; a lesson that doesn't change the world has none."""
