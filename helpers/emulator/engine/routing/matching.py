"""Does this Worker fit this step of a Workflow? What expressions can read, and the verdict."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ...expressions import read, taskrouter_names
from ..model.attributes import parsed
from ..model.capacity import assigned_tasks, available_capacity_percentage
from ..model.resources import Worker
from ..model.workflow_configuration import Target
from ..state import WorkspaceState

__all__ = [
    "Misfit",
    "channel_names",
    "fits",
    "known_worker",
    "known_worker_name",
    "target_names",
    "task_names",
    "why_misfit",
    "worker_names",
]


class Misfit(StrEnum):
    """The first rule of a step that keeps a Task from a Worker, in the order they are asked."""

    KNOWN_WORKER = "known worker"
    EXPRESSION = "target expression"


def task_names(attributes: dict[str, Any], now: int) -> dict[str, Any]:
    """What a filter's expression can read: task attributes and ``taskrouter.*``."""
    return {"taskrouter": taskrouter_names(now), **attributes}


def worker_names(
    attributes: dict[str, Any], sid: str, friendly_name: str, activity_sid: str, activity_name: str
) -> dict[str, Any]:
    """What ``worker.…`` means: attributes, and the Worker's own fields over them."""
    return attributes | {
        "sid": sid,
        "friendly_name": friendly_name,
        "activity_sid": activity_sid,
        "activity_name": activity_name,
    }


def channel_names(state: WorkspaceState, worker: Worker) -> dict[str, dict[str, int]]:
    """What ``worker.channel.<unique name>.…`` means."""
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
    """Whom the step asks for by SID or name, as the Task's attributes say; None if for nobody in particular."""
    return None if target.known_worker is None else read(parsed(task_attributes), target.known_worker[1])


def known_worker(state: WorkspaceState, target: Target, task_attributes: str) -> Worker | None:
    """The Worker that a step with a known worker asks for, if the workspace has them."""
    name = known_worker_name(target, task_attributes)
    if target.known_worker is None or not isinstance(name, str):
        return None
    if target.known_worker[0] == "sid":
        return state.workers.get(name)
    worker = state.worker_named(name)
    return worker if worker is not None and worker.friendly_name == name else None


def fits(state: WorkspaceState, worker: Worker, target: Target | None, task_attributes: str, now: int) -> bool:
    """Whether a step's known worker and target expression let this Worker have the Task."""
    return why_misfit(state, worker, target, task_attributes, now) is None


def why_misfit(
    state: WorkspaceState, worker: Worker, target: Target | None, task_attributes: str, now: int
) -> Misfit | None:
    """Why a step does not let this Worker have the Task; None if it does.

    Membership of the queue, activity and room are settled elsewhere: see ``eligibility``.
    """
    if target is None or target.is_plain:
        return None
    if target.known_worker is not None and known_worker(state, target, task_attributes) is not worker:
        return Misfit.KNOWN_WORKER
    if target.expression is None or target.expression.matches(
        target_names(state, worker, target, task_attributes, now)
    ):
        return None
    return Misfit.EXPRESSION


def target_names(
    state: WorkspaceState, worker: Worker, target: Target, task_attributes: str, now: int
) -> dict[str, Any]:
    """What a target's expression can read; what it does not read and is costly is left out."""
    activity = state.activities[worker.activity_sid]
    names: dict[str, Any] = {
        "task": parsed(task_attributes),
        "worker": worker_names(
            parsed(worker.attributes), worker.sid, worker.friendly_name, activity.sid, activity.friendly_name
        ),
    }
    if target.reads_channels:
        names["worker"]["channel"] = channel_names(state, worker)
    if target.reads_clock:
        names["taskrouter"] = taskrouter_names(now)
    return names
