"""Commands on Tasks."""

from __future__ import annotations

from typing import Any

from ...clock import Millis
from ...sids import is_sid
from ..event_data import task_data
from ..model import defaults
from ..model.attributes import compact
from ..model.refusals import Invalid
from ..model.resources import Task, Workflow
from ..model.statuses import HELD, TASK_BY_REQUEST, WAITING, describe_status
from ..routing.transitions import cancel_task, check_wrapping, complete_task, emit_task, remove_task, wrap_task
from ..routing.workflow_steps import WORKFLOW_TIMEOUT, emit_target_matched, enter_workflow, re_enter
from ..state import bypasses_workflow
from ..transaction import Transaction

__all__ = ["create", "delete", "update"]


def create(
    transaction: Transaction,
    *,
    attributes: str = defaults.ATTRIBUTES,
    workflow_sid: str | None = None,
    task_channel: str = defaults.TASK_CHANNEL,
    priority: int = defaults.PRIORITY,
    timeout: int = defaults.TASK_TIMEOUT,
    virtual_start_time: Millis | None = None,
    routing_target: str | None = None,
    ignore_capacity: bool | None = None,
    task_queue_sid: str | None = None,
) -> Task:
    """Create a Task and lead it into its Workflow.

    Raises:
        Invalid: the attributes are no JSON object, a Workflow is missing, the Workflow, TaskChannel, TaskQueue or
            routing target is unknown, or the virtual start time is in the future.
    """
    _check_start(transaction, virtual_start_time)
    attributes = compact(attributes)
    workflow = _workflow(transaction, workflow_sid, routing_target)
    if task_queue_sid is not None:
        transaction.resolve(transaction.state.task_queues, task_queue_sid, "TaskQueueSid")
    is_for_worker = routing_target is not None and routing_target.startswith("WK")
    task = transaction.new(
        Task,
        workflow_sid=None if workflow is None else workflow.sid,
        task_channel_sid=_channel_sid(transaction, task_channel),
        attributes=attributes,
        priority=priority,
        timeout=timeout,
        virtual_start_time=transaction.now if virtual_start_time is None else virtual_start_time,
        routing_target=routing_target,
        ignore_capacity=is_for_worker if ignore_capacity is None and is_for_worker else ignore_capacity,
        revision=0 if workflow is None else workflow.revision,
        version=0,
    )
    _begin(transaction, task, task_queue_sid)
    return task


def update(transaction: Transaction, sid: str, changes: dict[str, Any], *, if_match: str | None = None) -> Task:
    """Change attributes, priority or start, or end the Task by a status.

    Raises:
        Invalid: as for :func:`create`; the present status doesn't allow the new one; wrapping or completed come with
            attributes (that needs two requests); or the TaskChannel of a Task that isn't pending changes.
    """
    task = transaction.find(transaction.state.tasks, sid)
    transaction.expect_version(task.version, if_match)
    status = changes.get("assignment_status")
    if status in ("wrapping", "completed") and "attributes" in changes:
        raise Invalid(f"AssignmentStatus {status} and Attributes cannot be changed in one request", "Send two.")
    _check_start(transaction, changes.get("virtual_start_time"))
    attributes = compact(changes["attributes"]) if "attributes" in changes else task.attributes
    if status is not None:
        _check_status(transaction, task, status)
    if "task_channel" in changes:
        changes = changes | {"task_channel_sid": _other_channel(transaction, task, changes["task_channel"])}
    _set(transaction, task, changes, attributes)
    if status is not None:
        _STATUS_COMMANDS[status](transaction, task, changes.get("reason"))
    return task


def delete(transaction: Transaction, sid: str, *, if_match: str | None = None) -> None:
    """Remove a Task at once, whatever its status."""
    task = transaction.find(transaction.state.tasks, sid)
    transaction.expect_version(task.version, if_match)
    remove_task(transaction, task, "task.deleted")


def _begin(transaction: Transaction, task: Task, reporting_queue_sid: str | None) -> None:
    """Move a new Task to its first step, and record the events."""
    target = task.routing_target or ""
    if target.startswith("WK"):
        task.task_queue_sid = reporting_queue_sid
        transaction.save(task)
        transaction.queue_for_routing(task, entered_step=True)
        emit_task(transaction, task, "task.created", f"Task {task.sid} created")
        return
    if target.startswith("WQ"):
        task.task_queue_sid, task.task_queue_entered = target, transaction.now
        transaction.save(task)
        transaction.queue_for_routing(task, entered_step=True)
    elif not enter_workflow(transaction, task):
        transaction.save(task)
    task.version = 0  # entering its first step raised it
    _record_beginning(transaction, task)
    if task.task_queue_sid is None:
        emit_task(transaction, task, "workflow.timeout", f"Task {task.sid} timeout in Workflow")
        cancel_task(transaction, task, WORKFLOW_TIMEOUT)


def _record_beginning(transaction: Transaction, task: Task) -> None:
    """Record the events of a new Task, in the order of recordings (reference 8.3)."""
    queue = transaction.state.task_queues.get(task.task_queue_sid or "")
    workflow = None if bypasses_workflow(task) else transaction.state.workflows.get(task.workflow_sid or "")
    data = task_data(transaction.state, task, transaction.now)
    if queue is not None and workflow is not None:
        emit_target_matched(transaction, task, data)
    transaction.emit("task.created", f"Task {task.sid} created", task, data)
    if queue is not None:
        transaction.emit("task-queue.entered", f"Task {task.sid} entered TaskQueue {queue.friendly_name}", task, data)
    if workflow is not None:
        transaction.emit("workflow.entered", f"Task {task.sid} entered Workflow {workflow.friendly_name}", task, data)


def _workflow(transaction: Transaction, workflow_sid: str | None, routing_target: str | None) -> Workflow | None:
    """Return the Workflow of a new Task; the only one of a Workspace needn't be named."""
    state = transaction.state
    if routing_target is not None:
        _check_routing_target(transaction, routing_target)
        if routing_target.startswith("WW"):
            workflow_sid = routing_target
    if workflow_sid is not None:
        return transaction.resolve(state.workflows, workflow_sid, "WorkflowSid")
    if len(state.workflows) == 1:
        return next(iter(state.workflows.values()))
    if routing_target is not None:
        return None
    raise Invalid("WorkflowSid field is required")


def _check_routing_target(transaction: Transaction, sid: str) -> None:
    state = transaction.state
    workspace = state.workspace
    kinds: dict[str, tuple[str, dict[str, Any]]] = {
        "WK": ("WorkerSid as RoutingTarget", state.workers),
        "WQ": ("TaskQueueSid as RoutingTarget", state.task_queues),
        "WW": ("WorkflowSid as RoutingTarget", state.workflows),
    }
    name, group = kinds.get(sid[:2], ("RoutingTarget", {}))
    if sid[:2] not in kinds or not is_sid(sid, sid[:2]):
        raise Invalid(
            f"Value '{sid[:80]}' provided for {name} has an invalid format. "
            f"WorkspaceSid: {workspace.sid}, AccountSid: {workspace.account_sid}"
        )
    transaction.resolve(group, sid, "RoutingTarget")


def _channel_sid(transaction: Transaction, key: str) -> str:
    channel = transaction.state.channel(key)
    if channel is None:
        raise Invalid(f"TaskChannel {key[:80]} does not exist in workspace {transaction.state.workspace.sid}")
    return channel.sid


def _other_channel(transaction: Transaction, task: Task, key: str) -> str:
    """Return the SID of the TaskChannel to move a Task to; only a pending Task can move."""
    sid = _channel_sid(transaction, key)
    if sid != task.task_channel_sid and task.assignment_status != "pending":
        raise Invalid(
            f"TaskChannel of task {task.sid} cannot change because it is not pending",
            f"Its status is {task.assignment_status}.",
        )
    return sid


def _check_start(transaction: Transaction, start: Millis | None) -> None:
    if start is not None and start > transaction.now:
        raise Invalid("VirtualStartTime must not be in the future")


def _check_status(transaction: Transaction, task: Task, status: str) -> None:
    """Raise Invalid, in Twilio's words, if a request can't set this status (reference 3.1)."""
    where = f"task {task.sid} in workspace {task.workspace_sid} for account {task.account_sid}"
    current = task.assignment_status
    present = describe_status(TASK_BY_REQUEST, current)
    if status == "canceled" and current not in WAITING:
        raise Invalid(f"Cannot cancel {where} because it is not pending or reserved.", present)
    if status == "completed" and current not in HELD:
        raise Invalid(f"Cannot complete {where} because it is not currently assigned.", present)
    if status == "wrapping":
        if current != "assigned":
            raise Invalid(f"Cannot wrap up a {where} because it's not currently assigned", present)
        check_wrapping(transaction, task)
    if status not in _STATUS_COMMANDS:
        raise Invalid(f"AssignmentStatus {status} cannot be set on {where}.", present)


_STATUS_COMMANDS = {"canceled": cancel_task, "wrapping": wrap_task, "completed": complete_task}


def _set(transaction: Transaction, task: Task, changes: dict[str, Any], attributes: str) -> None:
    """Change all but the status; a pending Task is queued, and its filters are evaluated, again."""
    names = ("priority", "virtual_start_time", "task_channel_sid")
    fresh = {name: changes[name] for name in names if name in changes}
    if "attributes" in changes:
        fresh["attributes"] = attributes
    reason = changes.get("reason")
    if reason is not None and "assignment_status" not in changes:
        fresh["reason"] = reason
    if not fresh:
        return
    for name, value in fresh.items():
        setattr(task, name, value)
    task.version += 1
    transaction.save(task)
    emit_task(transaction, task, "task.updated", f"Task {task.sid} updated")
    if task.assignment_status == "pending" and "assignment_status" not in changes:
        transaction.state.wait(task)
        if "task_channel_sid" in fresh:
            transaction.queue_for_routing(task, entered_step=False)
        if "attributes" in fresh:
            re_enter(transaction, task, by_update=True)
