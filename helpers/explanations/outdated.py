"""Tasks that may follow an earlier configuration of their Workflow, which nobody can read any more."""

from __future__ import annotations

from enum import Enum

from helpers.emulator.engine.document import Filter, Plan, read_plan
from helpers.emulator.engine.eligibility import first_rule_against
from helpers.emulator.engine.resources import Task, Workflow
from helpers.emulator.engine.state import WorkspaceState, bypasses_workflow
from helpers.explanations.calls import Call, update
from helpers.explanations.routes import can_be_left, first_match, matching

__all__ = ["Standing", "re_evaluation", "standing", "was_updated", "workflow_of"]

_RE_EVALUATE = 15


class Standing(Enum):
    """Where a waiting Task is, compared with what its Workflow says now."""

    AS_LED = "where the Workflow leads it"
    ELSEWHERE = "somewhere else than the Workflow would lead it now"
    TAKEN_BY_NONE = "in a step that took it once; no filter is true for it now, and there is no default filter"
    PASSED_OVER = "where an updated Workflow leads it, but somebody could be reserved by it, and nobody is"


def workflow_of(state: WorkspaceState, task: Task) -> Workflow | None:
    """The Workflow whose filters were asked where to lead the Task; None if none was."""
    is_led = task.task_queue_sid is not None and not bypasses_workflow(task)
    return state.workflows.get(task.workflow_sid or "") if is_led else None


def was_updated(workflow: Workflow, task: Task) -> bool:
    """Whether the Workflow was updated after the Task had entered it; in what, nobody can tell."""
    return workflow.date_updated > task.date_created


def standing(state: WorkspaceState, task: Task, now: int) -> Standing:
    """Compare a Task with its Workflow as it is now: an update may change nothing for this Task."""
    workflow = workflow_of(state, task)
    if workflow is None:
        return Standing.AS_LED
    plan = read_plan(workflow.configuration)
    if plan.default is None and first_match(plan, task.attributes, now) is None:
        return Standing.TAKEN_BY_NONE
    if _is_elsewhere(task, plan, now):
        return Standing.ELSEWHERE
    if was_updated(workflow, task) and _somebody_could_be_reserved(state, task, now):
        return Standing.PASSED_OVER
    return Standing.AS_LED


def re_evaluation(workflow: Workflow) -> Call:
    """Lead the Tasks that wait through the Workflow once more, as it is now."""
    sentence = "Let waiting Tasks follow the Workflow as it is now."
    return update((("workflows", workflow.sid),), sentence, _RE_EVALUATE, re_evaluate_tasks="true")


def _is_elsewhere(task: Task, plan: Plan, now: int) -> bool:
    """Whether the Task would come to another queue, or to another filter, if it entered now."""
    winner = first_match(plan, task.attributes, now)
    if winner is None:
        return plan.default is not None and plan.default.queue_sid != task.task_queue_sid
    if task.filter_index is None:
        return not can_be_left(plan.filters[winner])
    earlier = (plan.filters[index] for index in matching(plan, task.attributes, now) if index < task.filter_index)
    return not all(can_be_left(each) or _is_over(each, task, now) for each in earlier)


def _is_over(each: Filter, task: Task, now: int) -> bool:
    """Whether the time of the filter's last target has passed for the Task."""
    deadline = each.deadline(len(each.targets) - 1)
    return deadline is not None and task.date_created + deadline * 1000 <= now


def _somebody_could_be_reserved(state: WorkspaceState, task: Task, now: int) -> bool:
    return any(first_rule_against(state, each, task, now) is None for each in state.workers.values())
