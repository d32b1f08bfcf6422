"""Check's own world with the Workflow that a learner wrote, and what becomes of Tasks in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from twilio.base.exceptions import TwilioException

from helpers.connection import connect
from helpers.emulator.display.safe_text import clip
from helpers.emulator.explanations.reading.ignored_keys import find_ignored_keys
from helpers.emulator.sdk.sdk_reading import fetch_or_none
from helpers.guide.hints import hints
from helpers.lessons.checks.subjects.lesson_world import find_world
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.verdict import NotYet

__all__ = ["Filters", "age_of", "create_task", "load_filters", "name_unknown_key", "name_worker"]

Filters = Sequence[Mapping[str, Any]]


def load_filters(own: OwnWorld, name: str, filters: Filters) -> None:
    """Give the Workflow of ``own`` these filters; SIDs of the learner's queues and Workers become its own.

    Raises:
        NotYet: they can't be sent, or TaskRouter refuses them.
    """
    try:
        text = json.dumps({"task_routing": {"filters": filters}})
    except (TypeError, ValueError, RecursionError):
        raise NotYet(
            f"`{name}` has something in it that JSON can't hold.", "Use dictionaries, lists, texts and numbers."
        ) from None
    theirs, mine = find_world(connect().make_onlooker()), own.sids
    for sid in ("english_queue_sid", "spanish_queue_sid", "alice_sid", "bob_sid"):
        text = text.replace(getattr(theirs, sid), getattr(mine, sid))
    try:
        own.workspace.workflows(mine.workflow_sid).update(configuration=text)
    except TwilioException as refused:
        said = "\n".join(hints.explain(refused, own.wire).splitlines()[:2])  # the rest is about Workflows in general
        raise NotYet(f"a Workflow with `{name}`: {said}\n", name_unknown_key(filters)) from refused


def name_unknown_key(filters: Filters) -> str:
    """Return a sentence on the first key that TaskRouter ignores in a filter or a target; empty if there is none."""
    ignored = find_ignored_keys(json.dumps({"task_routing": {"filters": filters}}))
    if not ignored:
        return ""
    first = ignored[0]
    why = f"the key of a {first.kind} is `{first.meant}`" if first.meant else f"a {first.kind} has no such key"
    return f"TaskRouter ignores `{clip(first.name, 40)}`: {why}."


def create_task(own: OwnWorld, **attributes: object) -> str:
    """Create a Task with these attributes, and return its SID."""
    task = own.workspace.tasks.create(attributes=json.dumps(attributes), workflow_sid=own.sids.workflow_sid)
    return str(task.sid)


def name_worker(own: OwnWorld, task_sid: str) -> str:
    """Return the name of the Worker who was offered the Task last; empty if nobody was."""
    offers = own.workspace.tasks(task_sid).reservations.list()
    return str(offers[-1].worker_name) if offers else ""


def age_of(own: OwnWorld, task_sid: str) -> int | None:
    """Return the Task's age in seconds; None if it was canceled."""
    task = fetch_or_none(own.workspace.tasks(task_sid))
    return None if task is None or task.assignment_status == "canceled" else int(task.age)
