"""Steps of a Task through its Workflow, as TaskRouter evaluates them (reference 4.2)."""

from __future__ import annotations

from ...expressions import Expression
from ..event_data import task_data, text
from ..model.resources import Task
from ..model.workflow_configuration import RoutingPlan
from ..state import bypasses_workflow
from ..transaction import Transaction
from .matching import first_filter
from .transitions import cancel_task, emit_task

__all__ = ["WORKFLOW_TIMEOUT", "emit_target_matched", "enter_workflow", "re_enter", "skip", "step_timeout"]

WORKFLOW_TIMEOUT = "Task canceled on Workflow timeout"


def enter_workflow(transaction: Transaction, task: Task) -> bool:
    """Move a new Task to its first step; return False if no filter matches and there is no default filter."""
    plan = transaction.state.plan(task)
    return plan is not None and (_enter_filter(transaction, task, plan, 0) or _enter_default(transaction, task, plan))


def re_enter(transaction: Transaction, task: Task, *, by_update: bool) -> None:
    """Evaluate the filters again for a pending Task, whose attributes or Workflow changed.

    ``by_update``: only the Task's attributes changed. If the same filter still matches, the Task stays in its step
    (reference 14.22: our choice).
    """
    plan = transaction.state.plan(task)
    if plan is None or bypasses_workflow(task) or task.assignment_status != "pending":
        return
    if by_update and first_filter(plan, task.attributes, transaction.now) == task.filter_index:
        transaction.queue_for_routing(task, entered_step=False)
        return
    left = _previous_queue(transaction, task)
    if not (_enter_filter(transaction, task, plan, 0) or _enter_default(transaction, task, plan)):
        _leave_workflow(transaction, task, "workflow.timeout")
        return
    _emit_step(transaction, task, left)


def step_timeout(transaction: Transaction, task: Task) -> None:
    """Move a Task whose target timed out to the next target, else to a later filter that matches, else cancel it.

    The default filter does not catch it (reference 4.2).
    """
    emit_task(
        transaction,
        task,
        "task-queue.timeout",
        f"Task {task.sid} timed out of TaskQueue {_queue_name(transaction, task)}",
    )
    plan = transaction.state.plan(task)
    assert plan is not None
    assert task.filter_index is not None
    left = _previous_queue(transaction, task)
    if not (_next_target(transaction, task, plan) or _enter_filter(transaction, task, plan, task.filter_index + 1)):
        _leave_workflow(transaction, task, "workflow.timeout")
        return
    _emit_step(transaction, task, left)


def skip(transaction: Transaction, task: Task) -> None:
    """Skip the Task's step at once; after the last target, go on as if the filter had not matched (reference 4.2)."""
    plan = transaction.state.plan(task)
    assert plan is not None
    assert task.filter_index is not None
    left = _previous_queue(transaction, task)
    if not (
        _next_target(transaction, task, plan)
        or _enter_filter(transaction, task, plan, task.filter_index + 1)
        or _enter_default(transaction, task, plan)
    ):
        _leave_workflow(transaction, task, "workflow.skipped")
        return
    _emit_step(transaction, task, left)


def _enter_filter(transaction: Transaction, task: Task, plan: RoutingPlan, first: int) -> bool:
    index = first_filter(plan, task.attributes, transaction.now, first)
    if index is None:
        return False
    task.filter_index = index
    task.filter_entered = transaction.now
    _enter_target(transaction, task, plan, 0)
    return True


def _next_target(transaction: Transaction, task: Task, plan: RoutingPlan) -> bool:
    """Enter the next target that hasn't timed out yet: a pending Reservation can outlast several."""
    assert task.filter_index is not None
    assert task.target_index is not None
    assert task.filter_entered is not None
    for index in range(task.target_index + 1, len(plan.filters[task.filter_index].targets)):
        if not plan.filters[task.filter_index].is_over(index, task.filter_entered, transaction.now):
            _enter_target(transaction, task, plan, index)
            return True
    return False


def _enter_target(transaction: Transaction, task: Task, plan: RoutingPlan, target_index: int) -> None:
    assert task.filter_index is not None
    assert task.filter_entered is not None
    chosen = plan.filters[task.filter_index]
    target = chosen.targets[target_index]
    task.target_index = target_index
    task.step_ends = chosen.end(target_index, task.filter_entered)
    _enter_queue(transaction, task, target.queue_sid, target.priority)


def _enter_default(transaction: Transaction, task: Task, plan: RoutingPlan) -> bool:
    if plan.default is None:
        return False
    task.filter_index = task.target_index = task.filter_entered = task.step_ends = None
    _enter_queue(transaction, task, plan.default.queue_sid, plan.default.priority)
    return True


def _enter_queue(transaction: Transaction, task: Task, task_queue_sid: str, priority: int | None) -> None:
    if task.task_queue_sid != task_queue_sid:
        task.task_queue_sid = task_queue_sid
        task.task_queue_entered = transaction.now
    if priority is not None:
        task.priority = priority
    task.version += 1
    transaction.save(task)
    transaction.queue_for_routing(task, entered_step=True)


def _previous_queue(transaction: Transaction, task: Task) -> dict[str, str]:
    """Return the fields of ``task-queue.moved`` about the queue that the Task leaves; none if it was in no queue."""
    if task.task_queue_sid is None:
        return {}
    return {
        "previous_task_queue_sid": task.task_queue_sid,
        "previous_task_queue_name": _queue_name(transaction, task),
        "previous_task_priority": text(task.priority),
    }


def _emit_step(transaction: Transaction, task: Task, left: dict[str, str]) -> None:
    """Record that a waiting Task went to another step."""
    moved = left.get("previous_task_queue_sid") != task.task_queue_sid
    if moved and left:
        description = f"Task {task.sid} moved to TaskQueue {_queue_name(transaction, task)}"
        emit_task(transaction, task, "task-queue.moved", description, left)
    emit_target_matched(transaction, task, task_data(transaction.state, task, transaction.now))
    if moved:
        emit_task(
            transaction,
            task,
            "task-queue.entered",
            f"Task {task.sid} entered TaskQueue {_queue_name(transaction, task)}",
        )


def emit_target_matched(transaction: Transaction, task: Task, about: dict[str, str]) -> None:
    """Record the filter that matched a Task. ``about`` is the task group; the default filter has no expression."""
    plan = transaction.state.plan(task)
    assert plan is not None
    chosen = None if task.filter_index is None else plan.filters[task.filter_index]
    data = about | {"workflow_filter_name": plan.default_name if chosen is None else chosen.name}
    if chosen is not None:
        data["workflow_filter_expression"] = _expression_list(chosen.expression)
    transaction.emit("workflow.target-matched", f"Task {task.sid} matched a workflow target", task, data)


def _expression_list(expression: Expression) -> str:
    return '["' + expression.text.replace("\\", "\\\\").replace('"', '\\"') + '"]'


def _leave_workflow(transaction: Transaction, task: Task, event_type: str) -> None:
    """Cancel a Task that no step is left for."""
    emit_task(transaction, task, event_type, f"Task {task.sid} {event_type.removeprefix('workflow.')} in Workflow")
    cancel_task(transaction, task, WORKFLOW_TIMEOUT)


def _queue_name(transaction: Transaction, task: Task) -> str:
    queue = transaction.state.task_queues.get(task.task_queue_sid or "")
    return "" if queue is None else queue.friendly_name
