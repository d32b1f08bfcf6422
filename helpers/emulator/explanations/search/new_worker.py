"""New Worker for a Task, as a change to try."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ...engine.model.attributes import decode
from ...engine.model.resources import Task, TaskQueue
from ...engine.state import WorkspaceState
from ...expressions import Scope, apply_edits, parse, taskrouter_names
from ..sentences.phrases import quote
from .possible_changes import Way
from .remedies import OWN_FIELDS, available_activity, let_everybody_in
from .sdk_calls import create_worker

__all__ = ["invent_worker"]

_NEW_WORKER = 100


def invent_worker(state: WorkspaceState, task: Task, now: int) -> Way | None:
    """Return the way that creates a Worker for the Task's queue and step; None if no attributes are known to match."""
    queue = state.task_queues.get(task.task_queue_sid or "")
    activity = available_activity(state)
    if queue is None or activity is None:
        return None
    is_empty = not (queue.target_workers or "").strip()
    attributes = _attributes(state, task, queue, now)
    if attributes is None:
        return None
    name = next(name for name in _names() if state.worker_named(name) is None)
    sentence = f"Create an eligible Worker, with Activity {quote(activity.friendly_name)}."
    given = {"friendly_name": name, "activity_sid": activity.sid, "attributes": json.dumps(attributes)}
    way = Way().plus(let_everybody_in(queue)) if is_empty else Way()
    return way.plus(create_worker(sentence, _NEW_WORKER, **given))


def _attributes(state: WorkspaceState, task: Task, queue: TaskQueue, now: int) -> dict[str, object] | None:
    """Return attributes that match the queue's expression, and then the step's; None if none are known."""
    text = queue.target_workers or ""
    edits = parse(text, scope=Scope.WORKER).repair({}, lambda path: True) if text.strip() else ()
    if edits is None:
        return None
    attributes = apply_edits({}, edits)
    target = state.target(task)
    if target is None or target.expression is None:
        return attributes
    names = {"task": decode(task.attributes), "worker": attributes, "taskrouter": taskrouter_names(now)}
    more = target.expression.repair(names, lambda path: path[0] == "worker" and path[1] not in OWN_FIELDS)
    # If no repair is known, the expression can still match: trying it on a copy will show.
    return attributes if more is None else apply_edits(names, more)["worker"]


def _names() -> Iterator[str]:
    yield "New Worker"
    number = 2
    while True:
        yield f"New Worker {number}"
        number += 1
