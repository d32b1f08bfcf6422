"""Lesson 3: Tasks that go astray, and one that does not."""

from __future__ import annotations

import json
from typing import Any

from ..connection import connect
from ..story import find, workspace_of
from .verdict import NotYet

__all__ = ["english_task_for_bob", "finds_the_bug"]


def finds_the_bug(ends_as: object, payload: object) -> str:
    """3.1: what becomes of a Task that fits no filter, and what should have been sent."""
    if ends_as == "pending":
        raise NotYet("it is not pending: for that it would need a queue to wait in.", "no filter is true for it.")
    if ends_as != "canceled":
        raise NotYet(f"`ends_as` is {ends_as!r}, which is not what happens.", "the end of lesson 1 says it.")
    if isinstance(payload, dict):
        raise NotYet("`payload` is a dictionary, of which the library sends only the keys.", "`json.dumps(...)`.")
    if _read(payload) != {"selected_language": "es"}:
        raise NotYet(f"{payload!r} does not say that the language is Spanish.", "the line above it in the example.")
    return "it is canceled without an error; sending the attributes that were prepared puts it into the Spanish queue."


def english_task_for_bob(english_task: Any) -> str:
    """3.2: a Task for which Bob gets reserved."""
    if not hasattr(english_task, "sid"):
        raise NotYet("`english_task` is no Task.", "`english_task = workspace.tasks.create(...)`.")
    client = connect().client
    task = workspace_of(client, find(client)).tasks(english_task.sid)
    if task.fetch().assignment_status == "canceled":
        raise NotYet("this Task was canceled: no filter fits its attributes.", '`{"selected_language": "en"}`.')
    names = [reservation.worker_name for reservation in task.reservations.list()]
    if "Bob" in names:
        return "Bob is reserved for it: English queue, available, and nothing else to do."
    raise NotYet(
        f"nobody but {' and '.join(names)} was reserved." if names else "nobody is reserved for it.",
        "which language does Bob speak, and is he Idle?",
    )


def _read(payload: object) -> object:
    try:
        return json.loads(payload) if isinstance(payload, str) else None
    except ValueError as error:
        raise NotYet(
            f"`payload` is not JSON: {error}.", "JSON wants double quotes; let `json.dumps` write it."
        ) from error
