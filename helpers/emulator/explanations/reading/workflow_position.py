"""Position of a Task in its Workflow, which the Task's own fields lack: read from its events, or inferred."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Self

import msgspec

from ...clock import Millis
from ...engine.model.resources import Task
from ...engine.model.workflow_configuration import Filter, RoutingPlan
from ...engine.routing.matching import matching_filters

__all__ = ["StepEntry", "place_in_workflow"]

_AT_ONCE: Millis = 1000
"""Time in milliseconds within which a step that is skipped is left."""


class StepEntry(msgspec.Struct, frozen=True):
    """Entry of a Task into a step, from the event ``workflow.target-matched`` (reference 8.3)."""

    at: Millis
    expression: str | None
    """Expression of the filter that matched; None for the default filter, or if it can't be read."""
    task_queue_sid: str

    @classmethod
    def told_by(cls, event: Any) -> Self:
        """Return the entry that an event of the SDK reports."""
        data = event.event_data if isinstance(event.event_data, dict) else {}
        at = event.event_date_ms or int(event.event_date.timestamp() * 1000)
        try:
            expression = json.loads(data["workflow_filter_expression"])[0]
        except (KeyError, ValueError, TypeError, IndexError):
            expression = None
        return cls(at, expression, data.get("task_queue_sid", ""))


def place_in_workflow(task: Task, plan: RoutingPlan, now: Millis, entries: Iterable[StepEntry] = ()) -> None:
    """Set the filter, the target and its deadline in ``task``.

    Args:
        entries: entries into steps, oldest first. If they don't lead through ``plan`` to the Task's
            queue, as after an update of the Workflow, the Task's attributes and age decide.
    """
    if not _follow(task, plan, entries):
        _infer(task, plan, now)


def _follow(task: Task, plan: RoutingPlan, entries: Iterable[StepEntry]) -> bool:
    """Place the Task by its entries; return True if they lead to its queue. The default filter isn't a step."""
    queue_sid: str | None = None
    for entry in entries:
        step = _next_step(task, plan, entry)
        task.filter_index = task.target_index = task.filter_entered = task.step_ends = None
        if step is not None:
            _stand_in(task, plan, *step)
        is_default = entry.expression is None and plan.default is not None and plan.default.queue_sid
        known = step is not None or is_default == entry.task_queue_sid
        queue_sid = entry.task_queue_sid if known else None
    return queue_sid is not None and queue_sid == task.task_queue_sid


def _next_step(task: Task, plan: RoutingPlan, entry: StepEntry) -> tuple[int, int, Millis] | None:
    """Return filter index, target index and the entry into the filter; None if ``plan`` has no such step."""
    for index, each in enumerate(plan.filters):
        if each.expression.text != entry.expression:
            continue
        goes_on = index == task.filter_index and _is_left(task, each, entry.at)
        first = (task.target_index or 0) + 1 if goes_on else 0
        entered = task.filter_entered if goes_on and task.filter_entered is not None else entry.at
        targets = range(first, len(each.targets) if goes_on else 1)
        for place in targets:
            if each.targets[place].queue_sid == entry.task_queue_sid and not each.is_over(place, entered, entry.at):
                return index, place, entered
    return None


def _is_left(task: Task, each: Filter, at: Millis) -> bool:
    """Return True if the Task left its target at that moment, and wasn't led through the Workflow once more."""
    skips = each.targets[task.target_index or 0].skip_if is not None
    is_over = task.step_ends is not None and task.step_ends <= at
    return is_over or (skips and at - (task.filter_entered or 0) < _AT_ONCE)


def _infer(task: Task, plan: RoutingPlan, now: Millis) -> None:
    """Place the Task in the first step of a matching filter that leads to its queue and isn't over.

    If there is none, place it in the last step that leads there, else in the default filter.
    """
    task.filter_index = task.target_index = task.filter_entered = task.step_ends = None
    last: tuple[int, int, Millis] | None = None
    for filter_index, each, entered in _ways_through(task, plan, now):
        for target_index, target in enumerate(each.targets):
            if target.queue_sid != task.task_queue_sid:
                continue
            last = filter_index, target_index, entered
            if not each.is_over(target_index, entered, now):
                _stand_in(task, plan, *last)
                return
    if last is not None:
        _stand_in(task, plan, *last)


def _ways_through(task: Task, plan: RoutingPlan, now: Millis) -> Iterator[tuple[int, Filter, Millis]]:
    """Yield the filters that match, each with the time of entry, which is the end of the one before."""
    entered = task.date_created
    for index in matching_filters(plan, task.attributes, now):
        each = plan.filters[index]
        yield index, each, entered
        over = each.end(len(each.targets) - 1, entered)
        entered = over if over is not None and over <= now else entered


def _stand_in(task: Task, plan: RoutingPlan, filter_index: int, target_index: int, entered: Millis) -> None:
    task.filter_index, task.target_index, task.filter_entered = filter_index, target_index, entered
    task.step_ends = plan.filters[filter_index].end(target_index, entered)
