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

    The table has a row for each of them, with a verdict for each clause, the values seen, and why a clause is false.
    Where widgets can be drawn, the expression can be edited in place. Nothing is sent to TaskRouter: the emulator's
    own rules decide, for data from Twilio too.

    Args:
        expression: what a TaskQueue, a filter or a target would have.
        on: Workers, Tasks, or attributes as dicts.
        tasks: with them the expression is a target's, tried on every pair of Task and Worker.
        place: where the expression stands, if that is not clear from what is given: Workers make it the
            ``target_workers`` of a TaskQueue, Tasks a ``filter``; ``workers.available`` and the like make it a
            ``skip_if``, with the Workers as the TaskQueue's members. ``target_workers_expression``, the filter of a
            list of Workers, knows ``sid``, ``friendly_name``, ``activity_sid`` and ``activity_name`` as well.
        at: the time that ``taskrouter.*`` tells; a Task brings its own, that of its creation.
    """
    return Playground(expression, on, tasks, place, at)
