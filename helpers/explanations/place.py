"""Which step of its Workflow a Task is in: not told by the REST API, but it follows from the rest."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.emulator.clock import Millis
from helpers.emulator.engine.attributes import parsed
from helpers.emulator.engine.document import Filter, Plan
from helpers.emulator.engine.matching import task_names
from helpers.emulator.engine.resources import Task

__all__ = ["can_skip", "place_in_workflow"]


def place_in_workflow(task: Task, plan: Plan, now: Millis, steps_entered: int | None = None) -> None:
    """Note the filter, the target and its deadline in ``task``.

    It is the first step that leads to the Task's queue and is not over yet, among the filters
    that match its attributes; without one, the last that leads there; else the default filter.

    Args:
        steps_entered: how many steps the Task has come to, if it is known: of steps that lead to the
            same queue it tells which, where one is left at once (``skip_if``).
    """
    if steps_entered is not None and _counted(task, plan, now, steps_entered):
        return
    last: tuple[int, int, Millis] | None = None
    for filter_index, each, entered in _ways_through(task, plan, now):
        for target_index, target in enumerate(each.targets):
            if target.queue_sid != task.task_queue_sid:
                continue
            last = filter_index, target_index, entered
            deadline = each.deadline(target_index)
            if deadline is None or entered + deadline * 1000 > now:
                _stand_in(task, plan, *last)
                return
    if last is not None:
        _stand_in(task, plan, *last)


def can_skip(plan: Plan) -> bool:
    """Whether a step may be left at once."""
    return any(target.skip_if is not None for each in plan.filters for target in each.targets)


def _counted(task: Task, plan: Plan, now: Millis, steps_entered: int) -> bool:
    """Stand in the step of that number, if it leads to the Task's queue; says whether it does."""
    steps = [
        (filter_index, target_index, entered, target.queue_sid)
        for filter_index, each, entered in _ways_through(task, plan, now)
        for target_index, target in enumerate(each.targets)
    ]
    if 0 < steps_entered <= len(steps) and steps[steps_entered - 1][3] == task.task_queue_sid:
        _stand_in(task, plan, *steps[steps_entered - 1][:3])
        return True
    default = None if plan.default is None else plan.default.queue_sid
    return steps_entered == len(steps) + 1 and default == task.task_queue_sid


def _ways_through(task: Task, plan: Plan, now: Millis) -> Iterator[tuple[int, Filter, Millis]]:
    """The filters that match, each with when the Task entered it: as soon as the one before was over."""
    names = task_names(parsed(task.attributes), now)
    entered = task.date_created
    for index, each in enumerate(plan.filters):
        if each.expression.matches(names):
            yield index, each, entered
            deadline = each.deadline(len(each.targets) - 1)
            over = None if deadline is None else entered + deadline * 1000
            entered = over if over is not None and over <= now else entered


def _stand_in(task: Task, plan: Plan, filter_index: int, target_index: int, entered: Millis) -> None:
    task.filter_index, task.target_index, task.filter_entered = filter_index, target_index, entered
    deadline = plan.filters[filter_index].deadline(target_index)
    task.step_ends = None if deadline is None else entered + deadline * 1000
