"""Sentences for each type of event (reference 8.2), about a whole Workspace or about one Task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...engine.timers import ASSIGNED_LIFE_MS
from ..durations import span
from ..safe_text import one_line, short_sid

__all__ = ["event_text"]

_TEXTS = {
    "activity.created": "Activity {activity} was created",
    "activity.deleted": "Activity {activity} was deleted",
    "activity.updated": "Activity {activity} was updated",
    "reservation.accepted": "{worker} accepted Reservation {reservation}",
    "reservation.canceled": "Reservation {reservation} of {worker} was canceled",
    "reservation.completed": "{worker} completed Reservation {reservation}",
    "reservation.created": "Reservation {reservation} offers {task} to {worker}{known}",
    "reservation.failed": "Reservation {reservation} failed, and no Worker was assigned",
    "reservation.rejected": "{worker} rejected Reservation {reservation}",
    "reservation.rescinded": "Reservation {reservation} of {worker} was rescinded: another Worker accepted",
    "reservation.timeout": "{worker} did not answer Reservation {reservation}{within}",
    "reservation.wrapup": "{worker} is wrapping up Reservation {reservation}",
    "task-channel.created": "TaskChannel {channel} was created",
    "task-channel.deleted": "TaskChannel {channel} was deleted",
    "task-channel.updated": "TaskChannel {channel} was updated",
    "task-queue.created": "TaskQueue {queue} was created",
    "task-queue.deleted": "TaskQueue {queue} was deleted",
    "task-queue.entered": "{task} entered TaskQueue {queue}",
    "task-queue.expression.updated": "the expression of TaskQueue {queue} changed",
    "task-queue.moved": "{task} moved{from_queue} to TaskQueue {queue}",
    "task-queue.timeout": "{task} waited in TaskQueue {queue} until the target's timeout passed",
    "task.canceled": "{task} was canceled",
    "task.completed": "{task} was completed",
    "task.created": "{task} was created",
    "task.deleted": "{task} was deleted",
    "task.system-deleted": f"{{task}} was removed: no Worker completed it within {span(ASSIGNED_LIFE_MS / 1000)}",
    "task.updated": "{task} was updated",
    "task.wrapup": "{task} is wrapping up",
    "worker.activity.update": "{worker} changed from {previous_activity} to {worker_activity}",
    "worker.attributes.update": "{worker}'s attributes changed",
    "worker.capacity.update": "{worker}'s capacity for {channel} changed",
    "worker.channel.availability.update": "{worker}'s channel {channel} was switched on or off",
    "worker.created": "Worker {worker} was created",
    "worker.deleted": "Worker {worker} was deleted",
    "workflow.created": "Workflow {workflow} was created",
    "workflow.deleted": "Workflow {workflow} was deleted",
    "workflow.entered": "{task} entered Workflow {workflow}",
    "workflow.skipped": "{task} skipped the last target of Workflow {workflow} (skip_if), and there is no other target",
    "workflow.target-matched": "{task} matched {filter} of Workflow {workflow}",
    "workflow.timeout": "{task} reached the end of Workflow {workflow} with no Worker reserved",
    "workflow.updated": "Workflow {workflow} was updated",
    "workspace.created": "The Workspace was created",
    "workspace.deleted": "The Workspace was deleted",
    "workspace.updated": "The Workspace was updated",
}
_BY_DEFAULT = "{task} went to the default filter of Workflow {workflow}"

_NAMES = {
    "activity": "activity_name",
    "channel": "task_channel_unique_name",
    "previous_activity": "worker_previous_activity_name",
    "queue": "task_queue_name",
    "worker": "worker_name",
    "worker_activity": "worker_activity_name",
    "workflow": "workflow_name",
}
_UNKNOWN = {"worker": "a Worker", "queue": "?", "workflow": "?", "reservation": "?"}


def event_text(
    event_type: str, data: Mapping[str, Any], *, task: str = "", quote: Callable[[object], str] = one_line
) -> str | None:
    """Return what happened, without capital and full stop; None for an unknown type, or an event without a name.

    Args:
        data: the event's data.
        task: text instead of ``Task WT1234…``, in a story of one Task; missing names are ``?`` then.
        quote: makes a name safe to show.
    """
    by_default = event_type == "workflow.target-matched" and "workflow_filter_expression" not in data
    text = _BY_DEFAULT if by_default else _TEXTS.get(event_type)
    names = (_UNKNOWN if task else {}) | _names(data, task, quote)
    try:
        return None if text is None else text.format_map(names)
    except KeyError:
        return None


def _names(data: Mapping[str, Any], task: str, quote: Callable[[object], str]) -> dict[str, str]:
    names = {name: quote(data[key]) for name, key in _NAMES.items() if data.get(key)}
    names |= {name: short_sid(data[f"{name}_sid"]) for name in ("task", "reservation") if data.get(f"{name}_sid")}
    if task or "task" in names:
        names["task"] = task or f"Task {names['task']}"
    seconds, rule = data.get("reservation_timeout"), data.get("workflow_filter_name")
    names["within"] = f" within {one_line(seconds)} s" if seconds else " in time"
    names["filter"] = f"filter {quote(rule)}" if rule else "a filter"
    names["known"] = ", the known Worker" if data.get("known_worker_sid") else ""
    left = data.get("previous_task_queue_name")
    names["from_queue"] = f" from TaskQueue {quote(left)}" if left else ""
    return names
