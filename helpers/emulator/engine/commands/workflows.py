"""Commands on Workflows."""

from __future__ import annotations

from typing import Any

from ..event_data import workflow_data
from ..model import defaults
from ..model.refusals import Invalid
from ..model.resources import Task, Workflow, WorkflowRevision
from ..model.statuses import WAITING
from ..model.workflow_configuration import compact_configuration, read_plan
from ..routing.workflow_steps import re_enter
from ..state import bypasses_workflow, revision_key
from ..transaction import Transaction

__all__ = ["create", "delete", "lint", "update"]


def create(
    transaction: Transaction,
    *,
    friendly_name: str,
    configuration: str,
    assignment_callback_url: str | None = None,
    fallback_assignment_callback_url: str | None = None,
    task_reservation_timeout: int = defaults.RESERVATION_TIMEOUT,
) -> Workflow:
    """Add a Workflow.

    Raises:
        Invalid: the configuration has a mistake, or names a TaskQueue that does not exist.
    """
    workflow = transaction.new(
        Workflow,
        friendly_name=friendly_name,
        configuration=_check(transaction, configuration),
        assignment_callback_url=assignment_callback_url or None,
        fallback_assignment_callback_url=fallback_assignment_callback_url or None,
        task_reservation_timeout=task_reservation_timeout,
    )
    transaction.save(workflow)
    _warn(transaction, workflow)
    transaction.emit("workflow.created", f"Workflow {friendly_name} created", workflow, workflow_data(workflow))
    return workflow


def update(transaction: Transaction, sid: str, changes: dict[str, Any]) -> Workflow:
    """Change the fields in ``changes``.

    Waiting Tasks keep following the old configuration unless ``re_evaluate_tasks`` is true.

    Raises:
        Invalid: as for :func:`create`.
    """
    workflow = transaction.find(transaction.state.workflows, sid)
    changes = {name: None if value == "" else value for name, value in changes.items()}
    re_evaluate = changes.pop("re_evaluate_tasks", False)
    if "configuration" in changes:
        changes["configuration"] = _check(transaction, changes["configuration"] or "")
    waiting = _waiting(transaction, sid)
    if changes.get("configuration", workflow.configuration) != workflow.configuration:
        _keep_revision(transaction, workflow, waiting)
        workflow.revision += 1
    for name, value in changes.items():
        setattr(workflow, name, value)
    transaction.save(workflow)
    if "configuration" in changes:
        _warn(transaction, workflow)
    transaction.emit(
        "workflow.updated", f"Workflow {workflow.friendly_name} updated", workflow, workflow_data(workflow)
    )
    if re_evaluate:
        _re_evaluate(transaction, workflow, waiting)
    forget_unused_revisions(transaction, workflow)
    return workflow


def lint(configuration: str) -> list[str]:
    """Return a line for each of the first expressions that have parts without effect."""
    return [f"Configuration: {place}: {' '.join(notes)}" for place, notes in read_plan(configuration).notes]


def delete(transaction: Transaction, sid: str) -> None:
    """Remove a Workflow without Tasks.

    Raises:
        Invalid: Tasks that haven't ended are in it (reference 14.19: our choice).
    """
    workflow = transaction.find(transaction.state.workflows, sid)
    tasks = [task for task in transaction.state.tasks.values() if task.workflow_sid == sid and task.ended_at is None]
    if tasks:
        inside = "1 Task is in it" if len(tasks) == 1 else f"{len(tasks)} Tasks are in it"
        raise Invalid(f"Cannot delete Workflow {sid}: {inside}, the first is {tasks[0].sid}")
    for revision in [each for each in transaction.state.workflow_revisions.values() if each.workflow_sid == sid]:
        transaction.delete(revision)
    transaction.delete(workflow)
    transaction.emit(
        "workflow.deleted", f"Workflow {workflow.friendly_name} deleted", workflow, workflow_data(workflow)
    )


def forget_unused_revisions(transaction: Transaction, workflow: Workflow) -> None:
    """Delete earlier configurations that no Task follows any more."""
    revisions = [each for each in transaction.state.workflow_revisions.values() if each.workflow_sid == workflow.sid]
    if not revisions:
        return
    followed = {task.revision for task in transaction.state.tasks.values() if task.workflow_sid == workflow.sid}
    for revision in revisions:
        if revision.revision not in followed:
            transaction.delete(revision)


def _check(transaction: Transaction, configuration: str) -> str:
    compacted = compact_configuration(configuration)
    for queue_sid in read_plan(compacted).queue_sids():
        if queue_sid not in transaction.state.task_queues:
            raise Invalid(f"Configuration: TaskQueue {queue_sid[:80]} does not exist")
    return compacted


def _warn(transaction: Transaction, workflow: Workflow) -> None:
    for line in lint(workflow.configuration):
        transaction.alert(Invalid.code, line, workflow.sid)


def _waiting(transaction: Transaction, workflow_sid: str) -> list[Task]:
    return [
        task
        for task in transaction.state.tasks.values()
        if task.workflow_sid == workflow_sid and task.assignment_status in WAITING
    ]


def _keep_revision(transaction: Transaction, workflow: Workflow, waiting: list[Task]) -> None:
    if any(task.revision == workflow.revision for task in waiting):
        transaction.save(
            transaction.new(
                WorkflowRevision,
                revision_key(workflow.sid, workflow.revision),
                workflow_sid=workflow.sid,
                revision=workflow.revision,
                configuration=workflow.configuration,
            )
        )


def _re_evaluate(transaction: Transaction, workflow: Workflow, waiting: list[Task]) -> None:
    """Send pending Tasks through the new configuration; reserved ones stay in the old.

    Tasks with a routing target of a Worker or a TaskQueue bypass filters, so nothing changes for them.
    """
    for task in waiting:
        if task.assignment_status == "pending" and not bypasses_workflow(task):
            task.revision = workflow.revision
            re_enter(transaction, task, by_update=False)
