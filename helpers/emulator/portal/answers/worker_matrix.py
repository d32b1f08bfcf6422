"""Matrix of Workers and rules: which of them each Worker meets, and the first that stops it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ...clock import Millis
from ...display.capacity_words import capacity_words
from ...engine.model.resources import Task, Worker
from ...engine.model.workflow_configuration import Target
from ...engine.routing.matching import fits, known_worker, target_names
from ...engine.state import WorkspaceState, waits_for_worker
from ...explanations.sentences.ineligibility import Barrier
from ...explanations.sentences.phrases import safe
from ...expressions import Trace, format_value

__all__ = ["Cell", "by_nearness", "cell", "clause_words", "find_matrix", "queue_cell"]

_HAS = re.compile(r"\bHAS\b|>-", re.IGNORECASE)

Cell = dict[str, Any]
"""``ok``, and ``words`` of a few words."""


def cell(ok: bool, words: str) -> Cell:
    """Return a cell."""
    return {"ok": ok, "words": words}


def find_matrix(state: WorkspaceState, task: Task, found: Iterable[Barrier], now: Millis) -> dict[str, Any]:
    """Return which rules each Worker meets for a waiting Task, the nearest Workers first.

    ::

        columns: [text]
        rows: [{worker_sid, name, cells: [{ok, words}], stops: index of the first cell that isn't ok, or null}]
    """
    target = state.target(task)
    columns, rows = _columns(task, target), []
    for barrier in by_nearness(found):
        cells = list(_cells(state, barrier.worker, task, target, now))
        stops = next((index for index, each in enumerate(cells) if not each["ok"]), None)
        name = safe(barrier.worker.friendly_name)
        rows.append({"worker_sid": barrier.worker.sid, "name": name, "cells": cells, "stops": stops})
    return {"columns": columns, "rows": rows}


def by_nearness(found: Iterable[Barrier]) -> list[Barrier]:
    """Return the barriers of the Workers, those that stop at the last rule first."""
    return sorted(found, key=lambda each: each.farness)


def _columns(task: Task, target: Target | None) -> list[str]:
    if waits_for_worker(task):
        first = ["Is its Worker"]
    else:
        first = ["In the queue", *([] if target is None or target.is_plain else ["Matches the target"])]
    return [*first, *([] if waits_for_worker(task) and task.ignore_capacity else ["Activity available", "Capacity"])]


def _cells(state: WorkspaceState, worker: Worker, task: Task, target: Target | None, now: Millis) -> Iterator[Cell]:
    if waits_for_worker(task):
        ok = task.routing_target == worker.sid
        yield cell(ok, "this Worker" if ok else "another Worker")
        if task.ignore_capacity:
            return
    else:
        yield queue_cell(state, worker, task.task_queue_sid or "")
        if target is not None and not target.is_plain:
            yield _target_cell(state, worker, task, target, now)
    activity = state.activities[worker.activity_sid]
    yield cell(activity.available, safe(activity.friendly_name))
    yield _capacity_cell(state, worker, task)


def queue_cell(state: WorkspaceState, worker: Worker, queue_sid: str) -> Cell:
    """Return whether a Worker matches a TaskQueue's expression, and the value that decides."""
    trace = state.membership.trace(queue_sid, worker)
    return cell(worker.sid in state.members(queue_sid), clause_words(trace))


def clause_words(trace: Trace) -> str:
    """Return the value that decides a clause, in a few words: ``has "es"``, ``level: 3``, ``team is missing``."""
    if trace.children:
        failed = next(trace.failures(), None)
        return "matches" if failed is None else clause_words(failed)
    if not trace.seen:
        return "always" if trace.result else "never" if trace.text else "the expression is empty"
    label, value = next(iter(trace.seen.items()))
    if value is None:
        return f"{safe(label)} is missing"
    if trace.operator == "HAS" and len(trace.seen) == 1:
        wanted = safe(_HAS.split(trace.text, maxsplit=1)[-1].strip())
        return f"{'has' if trace.result else 'no'} {wanted}"
    return f"{safe(label)}: {safe(format_value(value))}"


def _target_cell(state: WorkspaceState, worker: Worker, task: Task, target: Target, now: Millis) -> Cell:
    known = known_worker(state, target, task.attributes)
    if target.known_worker is not None and known is not worker:
        return cell(False, "isn't named" if known is None else f"{safe(known.friendly_name)} is named")
    if target.expression is None:
        return cell(True, "is named")
    trace = target.expression.trace(target_names(state, worker, target, task.attributes, now))
    return cell(fits(state, worker, target, task.attributes, now), clause_words(trace))


def _capacity_cell(state: WorkspaceState, worker: Worker, task: Task) -> Cell:
    channels = state.channels_of(worker.sid)
    if not state.workspace.multi_task_enabled:
        used = sum(state.used_capacity(each) for each in channels.values())
        return cell(used == 0, "free" if used == 0 else "busy")
    channel = channels.get(task.task_channel_sid)
    if channel is None:
        return cell(False, "unknown")
    if not channel.available:
        return cell(False, f"{safe(state.task_channels[task.task_channel_sid].unique_name)} is off")
    held, capacity = state.held(channel), channel.configured_capacity
    return cell(sum(held.values()) < capacity, capacity_words(held, capacity))
