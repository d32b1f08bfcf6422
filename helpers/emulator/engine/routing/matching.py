"""Matching of Workers with a step of a Workflow, and the names that expressions can read."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from ...expressions import read, taskrouter_names
from ..model.attributes import decode
from ..model.capacity import assigned_tasks, available_capacity_percentage
from ..model.resources import Worker
from ..model.workflow_configuration import RoutingPlan, Target
from ..state import WorkspaceState

__all__ = [
    "StepMismatch",
    "first_filter",
    "fits",
    "known_worker",
    "known_worker_name",
    "matching_filters",
    "target_names",
    "task_names",
    "why_mismatch",
    "worker_names",
]


class StepMismatch(StrEnum):
    """Reasons why a Workflow step excludes a Worker, in the order in which they are checked."""

    KNOWN_WORKER = "known worker"
    EXPRESSION = "target expression"


def task_names(attributes: dict[str, Any], now: int) -> dict[str, Any]:
    """Return the names that a filter's expression can read: task attributes and ``taskrouter.*``."""
    return {"taskrouter": taskrouter_names(now), **attributes}


def matching_filters(plan: RoutingPlan, task_attributes: str, now: int, first: int = 0) -> Iterator[int]:
    """Yield the index of each filter that matches a Task with these attributes, from ``first`` on in order."""
    return plan.matching(task_names(decode(task_attributes), now), first)


def first_filter(plan: RoutingPlan, task_attributes: str, now: int, first: int = 0) -> int | None:
    """Return the filter that takes a Task with these attributes when it enters; None if none does."""
    return next(matching_filters(plan, task_attributes, now, first), None)


def worker_names(
    attributes: dict[str, Any], sid: str, friendly_name: str, activity_sid: str, activity_name: str
) -> dict[str, Any]:
    """Return the values of ``worker.…``: attributes, overridden by the Worker's own fields."""
    return attributes | {
        "sid": sid,
        "friendly_name": friendly_name,
        "activity_sid": activity_sid,
        "activity_name": activity_name,
    }


def _channel_names(state: WorkspaceState, worker: Worker) -> dict[str, dict[str, int]]:
    """Return the values of ``worker.channel.…`` by the TaskChannels' unique names."""
    names = {}
    for channel in state.channels_of(worker.sid).values():
        carried = state.open_reservations(worker.sid, channel.task_channel_sid)
        names[state.task_channels[channel.task_channel_sid].unique_name] = {
            "configured_capacity": channel.configured_capacity,
            "assigned_tasks": assigned_tasks(carried),
            "available_capacity_percentage": available_capacity_percentage(channel, len(carried)),
        }
    return names


def known_worker_name(target: Target, task_attributes: str) -> Any:
    """Return the task attribute that names the step's known Worker, of any JSON type; None if there is none."""
    return None if target.known_worker is None else read(decode(task_attributes), target.known_worker[1])


def known_worker(state: WorkspaceState, target: Target, task_attributes: str) -> Worker | None:
    """Return the step's known Worker; None if it has none, or the workspace doesn't hold it."""
    name = known_worker_name(target, task_attributes)
    if target.known_worker is None or not isinstance(name, str):
        return None
    if target.known_worker[0] == "sid":
        return state.workers.get(name)
    worker = state.worker_named(name)
    return worker if worker is not None and worker.friendly_name == name else None


def fits(state: WorkspaceState, worker: Worker, target: Target | None, task_attributes: str, now: int) -> bool:
    """Return True if the step's known Worker and target expression both allow this Worker."""
    return why_mismatch(state, worker, target, task_attributes, now) is None


def why_mismatch(
    state: WorkspaceState, worker: Worker, target: Target | None, task_attributes: str, now: int
) -> StepMismatch | None:
    """Return why a step excludes this Worker; None if it doesn't.

    Membership in the queue, Activity and capacity are checked elsewhere: see ``eligibility``.
    """
    if target is None or target.is_plain:
        return None
    if target.known_worker is not None and known_worker(state, target, task_attributes) is not worker:
        return StepMismatch.KNOWN_WORKER
    if target.expression is None or target.expression.matches(
        target_names(state, worker, target, task_attributes, now)
    ):
        return None
    return StepMismatch.EXPRESSION


def target_names(
    state: WorkspaceState, worker: Worker, target: Target, task_attributes: str, now: int
) -> dict[str, Any]:
    """Return the names that a target's expression can read, without costly ones that it doesn't read."""
    activity = state.activities[worker.activity_sid]
    names: dict[str, Any] = {
        "task": decode(task_attributes),
        "worker": worker_names(
            decode(worker.attributes), worker.sid, worker.friendly_name, activity.sid, activity.friendly_name
        ),
    }
    if target.reads_channels:
        names["worker"]["channel"] = _channel_names(state, worker)
    if target.reads_clock:
        names["taskrouter"] = taskrouter_names(now)
    return names
