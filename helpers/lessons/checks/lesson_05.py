"""Lesson 5: accept, then complete."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from twilio.base.exceptions import TwilioException, TwilioRestException

from helpers.connection import connect
from helpers.emulator.explanations import explain
from helpers.emulator.sdk.sdk_reading import fetch_or_none, is_gone
from helpers.guide.hints import hints
from helpers.lessons.checks.answers import call, read_function, uses_argument
from helpers.lessons.checks.subjects.lesson_world import find_world
from helpers.lessons.checks.subjects.routing_moment import await_routing
from helpers.lessons.checks.verdict import NotJudged, NotYet
from helpers.lessons.story import workspace_of

__all__ = ["CHECKS"]


def serves_a_task(serve: object) -> str:
    """5.1: a function that accepts a Task's Reservation and completes the Task."""
    function = read_function("serve", serve, "task_sid")
    if not uses_argument(function):
        raise NotYet(
            "`serve` never uses its argument, so it can't serve the Task that it is given.",
            "write `task_sid` where the SID belongs, not a variable of another cell.",
        )
    client = connect().client
    world = find_world(client)
    workspace = workspace_of(client, world)
    spanish = json.dumps({"selected_language": "es"})
    task = workspace.tasks.create(attributes=spanish, workflow_sid=world.workflow_sid)
    try:
        return _serve(workspace, task.sid, function)
    finally:
        _delete(workspace, task.sid)


def _serve(workspace: Any, task_sid: str, serve: Callable[[Any], Any]) -> str:
    task = await_routing(workspace.tasks(task_sid).fetch())
    if task.assignment_status != "reserved":
        raise NotJudged(
            f"nobody is reserved for the check's Task, so there is nothing to serve: {explain(task).short}",
            "run the lesson's cells, from the one with `catch_up(5)` on, and then this one again.",
        )
    try:
        call("serve", serve, task_sid)
    except NotYet as stopped:
        if isinstance(stopped.__cause__, TwilioException):
            raise NotYet(f"in `serve`: {_explain(stopped.__cause__)}") from stopped
        raise
    status = _fetch_status(workspace, task_sid)
    if status == "completed":
        return "accepted, then completed."
    raise NotYet(
        *_ENDED.get(status, (f"after `serve` the Task is {status}.", "accept its Reservation, then complete it."))
    )


_ENDED = {
    "reserved": ("after `serve` the Task is still reserved.", "update the Reservation first."),
    "assigned": ("after `serve` the Task is assigned.", 'one update more: `assignment_status="completed"`.'),
    "wrapping": ("after `serve` the Task is wrapping up.", 'one update more: `assignment_status="completed"`.'),
    "pending": (
        "after `serve` the Task is pending again: its Reservation was not accepted.",
        'the status to set is `reservation_status="accepted"`.',
    ),
    "canceled": (
        "after `serve` the Task is canceled, so nobody worked on it.",
        "accept its Reservation, then complete it.",
    ),
    "deleted": ("after `serve` the Task is gone: it was deleted.", "a Task that is done is completed, not deleted."),
}


def _explain(error: TwilioException) -> str:
    return hints.explain(error, connect().wire)


def _fetch_status(workspace: Any, task_sid: str) -> str:
    task = fetch_or_none(workspace.tasks(task_sid))
    return "deleted" if task is None else str(task.assignment_status)


def _delete(workspace: Any, task_sid: str) -> None:
    try:
        workspace.tasks(task_sid).delete()
    except TwilioRestException as error:
        if not is_gone(error):  # the learner's function can have deleted it already
            raise


CHECKS = {"5.1": serves_a_task}
