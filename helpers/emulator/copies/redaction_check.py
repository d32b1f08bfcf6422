"""Check that expressions match after the redaction what they matched before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..clock import Millis
from ..engine.model.resources import Record, Task
from ..engine.model.statuses import WAITING
from ..engine.routing.matching import matching_filters, why_mismatch
from ..engine.state import WorkspaceState, bypasses_workflow
from ..explanations.reading.sandbox import Sandbox

__all__ = ["find_changed_matches"]

_MOST_PAIRS = 200_000
"""Number of pairs of Task and Worker that are tried."""

_CHANGED = "{} matches differently after the redaction: its expressions look at more than equal values."


def find_changed_matches(workspace_sid: str, before: list[Record], after: list[Record], now: Millis) -> list[str]:
    """Return a sentence for each TaskQueue and Workflow that matches other Workers or Tasks after the redaction.

    That can be where an expression compares by order, or looks for a part of a phone number or name.
    """
    one, other = (Sandbox(workspace_sid, records, now).state for records in (before, after))
    return list(dict.fromkeys([*_queues(one, other), *_workflows(one, other, now)]))


def _queues(one: WorkspaceState, other: WorkspaceState) -> Iterator[str]:
    for sid, queue in other.task_queues.items():
        if set(one.members(sid)) != set(other.members(sid)):
            yield _CHANGED.format(f"TaskQueue {queue.friendly_name} ({sid})")


def _workflows(one: WorkspaceState, other: WorkspaceState, now: Millis) -> Iterator[str]:
    left = _MOST_PAIRS
    for task in _routed(other.tasks.values()):
        workers = other.members(task.task_queue_sid or "") if other.target(task) is not None else ()
        left -= len(workers)
        if _filters(one, task.sid, now) != _filters(other, task.sid, now) or (
            left >= 0
            and any(_mismatch(one, sid, task.sid, now) != _mismatch(other, sid, task.sid, now) for sid in workers)
        ):
            workflow = other.workflows[task.workflow_sid or ""]
            yield _CHANGED.format(f"Workflow {workflow.friendly_name} ({workflow.sid})")
    if left < 0:
        yield (
            f"Expressions of targets were compared with those before the redaction for {_MOST_PAIRS:,} pairs of Task "
            "and Worker, and not for the others."
        )


def _filters(state: WorkspaceState, task_sid: str, now: Millis) -> list[int]:
    task = state.tasks[task_sid]
    plan = state.plan(task)
    return [] if plan is None else list(matching_filters(plan, task.attributes, now))


def _routed(tasks: Iterable[Task]) -> Iterator[Task]:
    for task in tasks:
        if task.assignment_status in WAITING and task.workflow_sid is not None and not bypasses_workflow(task):
            yield task


def _mismatch(state: WorkspaceState, worker_sid: str, task_sid: str, now: Millis) -> object:
    task = state.tasks[task_sid]
    return why_mismatch(state, state.workers[worker_sid], state.target(task), task.attributes, now)
