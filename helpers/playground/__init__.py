"""The playground: expressions tried on Workers and Tasks, clause by clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from helpers.emulator.display.views.sdk_shapes import TaskLike, WorkerLike
from helpers.playground.playground import Playground

__all__ = ["Playground", "try_expression"]

Given = Iterable[WorkerLike | TaskLike | Mapping[str, Any]] | WorkerLike | TaskLike | Mapping[str, Any]


def try_expression(
    expression: str,
    on: Given | None = None,
    tasks: Given | None = None,
    *,
    place: Literal["target_workers", "target_workers_expression", "filter", "target", "skip_if"] | None = None,
    at: datetime | None = None,
) -> Playground:
    """Try an expression on Workers or Tasks: ``try_expression('languages HAS "es"', workspace.workers.list())``.

    The table has a row for each of them, with a verdict for each clause, the values read, and why a clause is false.
    As a widget, the expression can be edited in place. It sends nothing to TaskRouter: the emulator's rules decide,
    for data from Twilio too.

    Args:
        expression: the expression of a TaskQueue, a filter or a target.
        on: Workers, Tasks, or attributes as dicts.
        tasks: Tasks, if the expression is a target's; it is tried on every pair of Task and Worker.
        place: the place of the expression, if the arguments leave it open. By default, Workers make it the
            ``target_workers`` of a TaskQueue, Tasks a ``filter``; ``workers.available`` and the like make it a
            ``skip_if``, with the Workers as the TaskQueue's members. ``target_workers_expression``, the filter of a
            list of Workers, can read ``sid``, ``friendly_name``, ``activity_sid`` and ``activity_name`` too.
        at: the time for ``taskrouter.*``; by default that of a Task's creation.
    """
    return Playground(expression, on, tasks, place, at)
