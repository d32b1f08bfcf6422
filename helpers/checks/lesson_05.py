"""Lesson 5: accept, then complete."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from twilio.base.exceptions import TwilioRestException

from .. import hints
from ..connection import connect
from ..story import find, workspace_of
from .verdict import NotYet

__all__ = ["serves_a_task"]


def serves_a_task(serve: object) -> str:
    """5.1: a function that accepts a Task's Reservation and completes the Task."""
    if not callable(serve):
        raise NotYet("this is no function.", "begin with `def serve(task_sid):`.")
    client = connect().client
    world = find(client)
    workspace = workspace_of(client, world)
    spanish = json.dumps({"selected_language": "es"})
    task = workspace.tasks.create(attributes=spanish, workflow_sid=world.workflow_sid)
    try:
        return _served(workspace, task.sid, serve)
    finally:
        workspace.tasks(task.sid).delete()


def _served(workspace: Any, task_sid: str, serve: Callable[[str], object]) -> str:
    task = workspace.tasks(task_sid)
    if task.fetch().assignment_status != "reserved":
        raise NotYet("nobody could be reserved for the check's Task.", "set Alice Idle, and complete what she has.")
    try:
        serve(task_sid)
    except TwilioRestException as refused:
        raise NotYet(f"TaskRouter refused. {hints.explain(refused)}") from refused
    status = task.fetch().assignment_status
    if status == "reserved":
        raise NotYet("after `serve` the Task is still reserved.", "update the Reservation first.")
    if status != "completed":
        raise NotYet(f"after `serve` the Task is {status}.", 'one update more: `assignment_status="completed"`.')
    return "accepted, then completed."
