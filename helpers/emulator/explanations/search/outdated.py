"""Tasks that can follow an earlier configuration of their Workflow, which can't be read any more."""

from __future__ import annotations

from enum import Enum

from ...engine.model.resources import Task, Workflow
from ...engine.model.workflow_configuration import RoutingPlan, read_plan
from ...engine.routing.matching import first_filter, matching_filters
from ...engine.state import WorkspaceState, bypasses_workflow
from ..reading.eligibility import first_rule_against
from .sdk_calls import SdkCall, update

__all__ = ["Standing", "follows_earlier", "re_evaluate", "standing", "was_updated", "workflow_of"]

_RE_EVALUATE = 15


class Standing(Enum):
    """Place of a waiting Task, compared with what its Workflow says now."""

    AS_LED = "where the Workflow leads it"
    ELSEWHERE = "in a different place than the Workflow would lead it now"
    TAKEN_BY_NONE = "in a step that matched it once; no filter matches it now, and there is no default filter"
    PASSED_OVER = "where an updated Workflow leads it, but a Worker could be reserved by it, and none is"


def workflow_of(state: WorkspaceState, task: Task) -> Workflow | None:
    """Return the Workflow whose filters placed the Task, or None."""
    is_led = task.task_queue_sid is not None and not bypasses_workflow(task)
    return state.workflows.get(task.workflow_sid or "") if is_led else None


def was_updated(workflow: Workflow, task: Task) -> bool:
    """Return True if the Workflow was updated, in an unknown way, and hasn't been evaluated for the Task since."""
    return workflow.revision != task.revision


def follows_earlier(state: WorkspaceState, task: Task) -> bool:
    """Return True if the Task follows a version of its Workflow that can't be read any more."""
    workflow = workflow_of(state, task)
    return workflow is not None and was_updated(workflow, task)


def standing(state: WorkspaceState, task: Task, now: int) -> Standing:
    """Compare a Task's place with its Workflow as it is now: an update doesn't change it for every Task."""
    workflow = workflow_of(state, task)
    if workflow is None:
        return Standing.AS_LED
    plan = read_plan(workflow.configuration)
    if plan.default is None and first_filter(plan, task.attributes, now) is None:
        return Standing.TAKEN_BY_NONE
    if _is_elsewhere(task, plan, now):
        return Standing.ELSEWHERE
    if was_updated(workflow, task) and _somebody_could_be_reserved(state, task, now):
        return Standing.PASSED_OVER
    return Standing.AS_LED


def re_evaluate(workflow: Workflow) -> SdkCall:
    """Return the call that evaluates the Workflow again for the Tasks that wait."""
    sentence = "Apply the current Workflow to waiting Tasks."
    return update((("workflows", workflow.sid),), sentence, _RE_EVALUATE, re_evaluate_tasks="true")


def _is_elsewhere(task: Task, plan: RoutingPlan, now: int) -> bool:
    """Return True if the Task would be in another queue or another step if it entered now."""
    true = list(matching_filters(plan, task.attributes, now))
    if not true:
        return plan.default is not None and plan.default.queue_sid != task.task_queue_sid
    if task.filter_index is None or task.target_index is None:
        return not plan.filters[true[-1]].can_be_left
    if task.filter_index not in true:  # the plan may have fewer filters than the one that the Task follows
        return True
    passed = (plan.filters[index] for index in true if index < task.filter_index)
    own, entered = plan.filters[task.filter_index], task.filter_entered or task.date_created
    return not (
        task.target_index < len(own.targets)
        and all(each.can_be_left or each.is_over(len(each.targets) - 1, task.date_created, now) for each in passed)
        and all(own.may_be_left(index, entered, now) for index in range(task.target_index))
    )


def _somebody_could_be_reserved(state: WorkspaceState, task: Task, now: int) -> bool:
    return any(first_rule_against(state, each, task, now) is None for each in state.workers.values())
