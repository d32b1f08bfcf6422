"""Which step of its Workflow a Task is in: not told by the REST API, but it follows from the rest."""

from __future__ import annotations

from helpers.emulator.clock import Millis
from helpers.emulator.engine.attributes import parsed
from helpers.emulator.engine.document import Plan
from helpers.emulator.engine.matching import task_names
from helpers.emulator.engine.resources import Task

__all__ = ["place_in_workflow"]


def place_in_workflow(task: Task, plan: Plan, now: Millis) -> None:
    """Note the filter, the target and its deadline in ``task``.

    It is the first step that leads to the Task's queue and is not over yet, among the filters
    that match its attributes; without one, the last that leads there; else the default filter.
    """
    names = task_names(parsed(task.attributes), now)
    age = (now - task.date_created) / 1000
    found: tuple[int, int] | None = None
    for filter_index, each in enumerate(plan.filters):
        if not each.expression.matches(names):
            continue
        for target_index, target in enumerate(each.targets):
            if target.queue_sid != task.task_queue_sid:
                continue
            found = filter_index, target_index
            deadline = each.deadline(target_index)
            if deadline is None or deadline > age:
                _stand_in(task, plan, found)
                return
    if found is not None:
        _stand_in(task, plan, found)


def _stand_in(task: Task, plan: Plan, step: tuple[int, int]) -> None:
    task.filter_index, task.target_index = step
    task.filter_entered = task.date_created
    deadline = plan.filters[step[0]].deadline(step[1])
    task.step_ends = None if deadline is None else task.filter_entered + deadline * 1000
