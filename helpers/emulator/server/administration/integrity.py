"""Checks that records from outside are consistent, which routing relies on.

The engine's own records always are; an edited document might not be.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...engine.model.refusals import Refused
from ...engine.model.resources import Record, Task
from ...engine.model.statuses import RESERVATION_MOVES, TASK_MOVES, WAITING
from ...engine.model.workflow_configuration import read_plan
from ...engine.state import WorkspaceState, waits_for_worker

__all__ = ["find_flaw"]

_ACTIVITY_FIELDS = (
    "default_activity_sid",
    "timeout_activity_sid",
    "reservation_activity_sid",
    "assignment_activity_sid",
    "previous_activity_sid",
)


def find_flaw(state: WorkspaceState) -> str | None:
    """Return a sentence about the first dangling reference or impossible status in a Workspace; None without one."""
    parts = (_activities, _channels, _workflows, _tasks, _reservations, _phone_calls)
    flaws = [flaw for part in parts for flaw in part(state)]
    return flaws[0] if flaws else None


def _activities(state: WorkspaceState) -> Iterator[str]:
    owners: list[Record] = [state.workspace, *state.task_queues.values(), *state.workers.values()]
    for owner in owners:
        for field in _ACTIVITY_FIELDS:
            sid = getattr(owner, field, None)
            if sid is not None and sid not in state.activities:
                yield _describe(owner, f"{field} is {str(sid)[:80]!r}, which is none of its activities")


def _channels(state: WorkspaceState) -> Iterator[str]:
    for worker in state.workers.values():
        if state.channels_of(worker.sid).keys() != state.task_channels.keys():
            yield _describe(worker, "it needs one channel for each TaskChannel")
    for task in state.tasks.values():
        if task.task_channel_sid not in state.task_channels:
            yield _describe(task, f"its TaskChannel {task.task_channel_sid[:80]!r} is missing")


def _workflows(state: WorkspaceState) -> Iterator[str]:
    for workflow in state.workflows.values():
        try:
            missing = [sid for sid in read_plan(workflow.configuration).queue_sids() if sid not in state.task_queues]
        except Refused as refused:
            yield _describe(workflow, refused.message)
            continue
        if missing:
            yield _describe(workflow, f"it leads to TaskQueue {missing[0][:80]}, which is missing")


def _tasks(state: WorkspaceState) -> Iterator[str]:
    reserved = {each.task_sid for each in state.reservations.values() if each.reservation_status == "pending"}
    for task in state.tasks.values():
        if task.assignment_status not in TASK_MOVES:
            yield _describe(task, f"assignment_status is {task.assignment_status[:80]!r}")
        elif (task.assignment_status == "reserved") != (task.sid in reserved):
            yield _describe(task, "it is reserved without a pending Reservation, or has one without being reserved")
        elif task.assignment_status in WAITING and not _has_route(state, task):
            yield _describe(task, "the step it waits in is missing")


def _has_route(state: WorkspaceState, task: Task) -> bool:
    """Return True if a waiting Task's queue, Workflow and target exist, and the queues it can still reach.

    A Task for one Worker only needs no step.
    """
    if task.workflow_sid is not None and task.workflow_sid not in state.workflows:
        return False
    if waits_for_worker(task):
        return True
    try:
        plan, has_step = state.plan(task), state.target(task) is not None
    except (LookupError, Refused):
        return False
    queue_sids = {task.task_queue_sid} if plan is None else {task.task_queue_sid, *plan.queue_sids()}
    entered = (task.filter_index is not None, task.target_index is not None, task.filter_entered is not None)
    fits = set(entered) == {has_step} and (has_step or task.step_ends is None)
    return fits and queue_sids <= state.task_queues.keys()


def _reservations(state: WorkspaceState) -> Iterator[str]:
    for reservation in state.reservations.values():
        if reservation.reservation_status not in RESERVATION_MOVES:
            yield _describe(reservation, f"reservation_status is {reservation.reservation_status[:80]!r}")


def _phone_calls(state: WorkspaceState) -> Iterator[str]:
    for call in state.phone_calls.values():
        if call.queue is not None and "workflowSid" not in call.queue.attributes:
            yield _describe(call, "its queue has no workflowSid")


def _describe(record: Record, flaw: str) -> str:
    return f"{record.kind} {record.sid[:80]}: {flaw}"
