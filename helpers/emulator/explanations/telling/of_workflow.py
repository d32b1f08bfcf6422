"""Explanation of a Workflow: the way of a Task with given attributes, and the Workers that could be reserved for it."""

from __future__ import annotations

import json

import msgspec

from ...display.blocks import Block, Preformatted, Sentence
from ...emulator_errors import BadAttributes
from ...engine.commands import tasks
from ...engine.model import defaults
from ...engine.model.attributes import compact
from ...engine.model.refusals import Refused
from ...engine.model.resources import Task
from ..reading.replica import Replica
from ..reading.sandbox import Sandbox
from ..reading.target import Given
from ..reading.workspace_reader import read_replica
from ..search.possible_changes import NextTask
from ..sentences.ineligibility import find_barriers, list_workers
from ..sentences.phrases import TRIED, join, quote, safe
from ..spelling import Spelling
from .ending import Ending, answer
from .facts import TaskFacts
from .report import Report

__all__ = ["explain_workflow"]

_TRIED = TRIED.format(nor=", and no Task was created")
_SKIPPED = "its last target is skipped (skip_if), no later filter matches, and there is no default filter."
_TITLE = "Smallest change so that such a Task is reserved"
_PEOPLE = "Workers, each with the first rule that would exclude them"


def explain_workflow(given: Given, attributes: object) -> Report:
    """Explain where a Task with ``attributes`` would go, without creating one.

    Raises:
        BadAttributes: a Task can't have these attributes.
        TwilioException: a request was refused.
    """
    text = _attributes(attributes)
    if given.instance is None:
        where = f"Workspace {given.workspace_sid[:6]}…"
        words = f"There's no Workflow {given.sid[:6]}… in {where}. It was deleted, or belongs to a different Workspace."
        return Report("gone", [Sentence(words)])
    replica = read_replica(given.workspace)
    sandbox = replica.sandbox()
    task = sandbox.run(tasks.create, workflow_sid=given.sid, attributes=text)
    blocks, end = _tell(replica, sandbox, task, given)
    typed = given.typed(_spell_argument(attributes, given.spelling))
    return Report("workflow", blocks, typed, *((end.fixes, end.barriers) if end else ()))


def _tell(replica: Replica, sandbox: Sandbox, task: Task, given: Given) -> tuple[list[Block], Ending | None]:
    reserved = [sandbox.state.workers[each.worker_sid].friendly_name for each in sandbox.pending(task.sid)]
    head: list[Block] = [Sentence(_destination(sandbox, task, reserved))]
    if given.sid in replica.broken:
        head.append(
            Preformatted("The configuration can't be read, and counts as empty here", replica.broken[given.sid])
        )
    # Workers are judged in a copy in which the Task isn't offered to anybody yet.
    before = TaskFacts(replica, replica.sandbox().state, _as_asked_for(task), given.spelling)
    found = find_barriers(before.state, before.task, replica.now) if task.task_queue_sid is not None else []
    next_task = NextTask(before.task, defaults.TASK_CHANNEL, "Create the Task.", _TITLE)
    end = None if reserved else answer(before, next_task, found)
    led = before if task.ended_at is None else before.anew()
    body = [*led.routing(exists=False), *before.queue(), *([list_workers(found, {}, title=_PEOPLE)] if found else [])]
    tail = end.blocks if end else [Sentence(_TRIED)]
    return [*head, *(end.short if end else []), *body, *before.unread(), *tail], end


def _as_asked_for(task: Task) -> Task:
    """Return the Task as it was created: pending, and without the priority that its step has set."""
    return msgspec.structs.replace(task, assignment_status="pending", priority=0)


def _destination(sandbox: Sandbox, task: Task, reserved: list[str]) -> str:
    head = f"A Task with the attributes {safe(task.attributes)}"
    queue = sandbox.state.task_queues.get(task.task_queue_sid or "")
    if queue is None:
        return f"{head} would be canceled at once, because no filter matches it and there is no default filter."
    if task.ended_at is not None:
        return f"{head} would be canceled at once: {_SKIPPED}"
    where = f"TaskQueue {quote(queue.friendly_name)}"
    if reserved:
        names = join([quote(name) for name in reserved])
        return f"{head} would go to {where}, and {names} would be reserved at once."
    return f"{head} would wait in {where}: nobody can be reserved there now."


def _spell_argument(attributes: object, spelling: Spelling) -> str:
    """Return the code for the second argument of ``explain``."""
    return "" if attributes is None else f", {spelling.name_of(attributes) or repr(attributes)}"


def _attributes(given: object) -> str:
    """Return the attributes as TaskRouter would store them.

    Raises:
        BadAttributes: they aren't a dict or its JSON text, or are too long.
    """
    if given is None:
        return "{}"
    if not isinstance(given, dict | str):
        raise BadAttributes(f"`attributes` is of type {type(given).__name__}.")
    try:
        text = given if isinstance(given, str) else json.dumps(given)
    except (TypeError, ValueError, RecursionError) as error:
        raise BadAttributes(f"`attributes` has a value that JSON can't hold: {error}.") from None
    try:
        return compact(text)
    except Refused as refused:
        raise BadAttributes(f"A Task can't have these `attributes`: {refused.message}.") from None
