"""Commands on TaskQueues."""

from __future__ import annotations

from typing import Any

from ...expressions import ExpressionError, Scope, parse
from ..event_data import task_queue_data
from ..model import defaults
from ..model.refusals import Invalid
from ..model.resources import Task, TaskQueue
from ..model.statuses import WAITING
from ..model.workflow_configuration import read_plan
from ..state import WorkspaceState
from ..transaction import Transaction

__all__ = ["create", "delete", "lint", "update"]

_MAX_QUEUES = 5_000


def create(
    transaction: Transaction,
    *,
    friendly_name: str,
    target_workers: str | None = defaults.TARGET_WORKERS,
    max_reserved_workers: int = defaults.MAX_RESERVED_WORKERS,
    task_order: str = defaults.TASK_ORDER,
    reservation_activity_sid: str | None = None,
    assignment_activity_sid: str | None = None,
) -> TaskQueue:
    """Add a TaskQueue.

    Raises:
        Invalid: the name is taken, the expression doesn't parse, an Activity is unknown, or there are 5000 already.
    """
    given = {
        "friendly_name": friendly_name,
        "target_workers": target_workers,
        "reservation_activity_sid": reservation_activity_sid or None,
        "assignment_activity_sid": assignment_activity_sid or None,
    }
    _check(transaction, given, None)
    if len(transaction.state.task_queues) >= _MAX_QUEUES:
        raise Invalid(f"Workspace {transaction.state.workspace.sid} has {_MAX_QUEUES} queues, the most there may be")
    queue = transaction.new(
        TaskQueue,
        max_reserved_workers=max_reserved_workers,
        task_order=task_order,
        expression_updated=transaction.now,
        **given,
    )
    transaction.save(queue)
    transaction.emit("task-queue.created", f"TaskQueue {queue.sid} created", queue, task_queue_data(queue))
    return queue


def update(transaction: Transaction, sid: str, changes: dict[str, Any]) -> TaskQueue:
    """Change the fields in ``changes``, and match Tasks and Workers again where needed.

    Raises:
        Invalid: as for :func:`create`.
    """
    queue = transaction.find(transaction.state.task_queues, sid)
    changes = {name: None if value == "" and name.endswith("_sid") else value for name, value in changes.items()}
    _check(transaction, changes, sid)
    new_expression = changes.get("target_workers", queue.target_workers) != queue.target_workers
    new_order = changes.get("task_order", queue.task_order) != queue.task_order
    for name, value in changes.items():
        setattr(queue, name, value)
    if new_expression:
        queue.expression_updated = transaction.now
    transaction.save(queue)
    if new_order:
        _line_up_again(transaction, queue)
    if new_expression:
        transaction.emit(
            "task-queue.expression.updated",
            f"TaskQueue {sid} expression updated to '{queue.target_workers or ''}'",
            queue,
            task_queue_data(queue),
        )
        for worker_sid in transaction.state.members(sid):
            transaction.mark_freed(transaction.state.workers[worker_sid])
    return queue


def delete(transaction: Transaction, sid: str) -> None:
    """Remove a TaskQueue that nothing refers to.

    Raises:
        Invalid: a Workflow refers to it, or a Task waits in it or can still reach it.
    """
    queue = transaction.find(transaction.state.task_queues, sid)
    state = transaction.state
    for workflow in state.workflows.values():
        if sid in read_plan(workflow.configuration).queue_sids():
            raise Invalid(f"Cannot delete TaskQueue {sid}: Workflow {workflow.sid} refers to it")
    for task in state.tasks.values():
        if task.assignment_status in WAITING and _leads_to(state, task, sid):
            raise Invalid(f"Cannot delete TaskQueue {sid}: Task {task.sid} waits in it, or may come to it")
    transaction.delete(queue)
    transaction.emit("task-queue.deleted", f"TaskQueue {sid} deleted", queue, task_queue_data(queue))


def lint(target_workers: str | None) -> list[str]:
    """Return a line about the parts of the expression without effect, if there are any.

    Raises:
        Invalid: it does not parse.
    """
    try:
        notes = parse(target_workers or "", scope=Scope.WORKER).notes()
    except ExpressionError as error:
        raise Invalid(f"TargetWorkers: {error}", error.hint) from None
    return [f"TargetWorkers: {' '.join(notes)}"] if notes else []


def _leads_to(state: WorkspaceState, task: Task, sid: str) -> bool:
    """Return True if a waiting Task is in the queue, or follows a configuration that names it."""
    plan = state.plan(task)
    return task.task_queue_sid == sid or (plan is not None and sid in plan.queue_sids())


def _line_up_again(transaction: Transaction, queue: TaskQueue) -> None:
    for task_sid in transaction.state.backlog.in_queue(queue.sid):
        transaction.state.wait(transaction.state.tasks[task_sid])


def _check(transaction: Transaction, given: dict[str, Any], sid: str | None) -> None:
    workspace = transaction.state.workspace
    namesake = transaction.state.find_task_queue(given["friendly_name"]) if "friendly_name" in given else None
    if namesake is not None and namesake.sid != sid:
        raise Invalid(
            f"Queue named {namesake.friendly_name} already exists for workspace {workspace.sid} "
            f"for account {workspace.account_sid}"
        )
    for parameter, name in (
        ("reservation_activity_sid", "ReservationActivitySid"),
        ("assignment_activity_sid", "AssignmentActivitySid"),
    ):
        if given.get(parameter) is not None:
            transaction.resolve(transaction.state.activities, given[parameter], name)
    for line in lint(given.get("target_workers")):
        transaction.alert(Invalid.code, line, sid or workspace.sid)
