"""Events in words: what happened, to whom, one sentence each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal

from ..durations import clock_time
from ..safe_text import one_line, short_sid

__all__ = ["event_row", "event_rows", "event_sentence"]

_SENTENCES = {
    "activity.created": "Activity {activity_name} was created.",
    "activity.deleted": "Activity {activity_name} was deleted.",
    "activity.updated": "Activity {activity_name} was updated.",
    "reservation.accepted": "Reservation {reservation_sid} was accepted by {worker_name}.",
    "reservation.canceled": "Reservation {reservation_sid} of {worker_name} was canceled.",
    "reservation.completed": "Reservation {reservation_sid} was completed by {worker_name}.",
    "reservation.created": "Reservation {reservation_sid} offers Task {task_sid} to {worker_name}.",
    "reservation.rejected": "Reservation {reservation_sid} was rejected by {worker_name}.",
    "reservation.rescinded": "Reservation {reservation_sid} of {worker_name} was rescinded: another Worker accepted.",
    "reservation.timeout": "Reservation {reservation_sid} timed out: {worker_name} did not answer.",
    "reservation.wrapup": "Reservation {reservation_sid}: {worker_name} is wrapping up.",
    "task-channel.created": "TaskChannel {task_channel_unique_name} was created.",
    "task-channel.deleted": "TaskChannel {task_channel_unique_name} was deleted.",
    "task-channel.updated": "TaskChannel {task_channel_unique_name} was updated.",
    "task-queue.created": "TaskQueue {task_queue_name} was created.",
    "task-queue.deleted": "TaskQueue {task_queue_name} was deleted.",
    "task-queue.entered": "Task {task_sid} entered TaskQueue {task_queue_name}.",
    "task-queue.expression.updated": "TaskQueue {task_queue_name} has another expression.",
    "task-queue.moved": "Task {task_sid} moved to TaskQueue {task_queue_name}.",
    "task-queue.timeout": "Task {task_sid} waited in TaskQueue {task_queue_name} as long as its step allows.",
    "task.canceled": "Task {task_sid} was canceled.",
    "task.completed": "Task {task_sid} was completed.",
    "task.created": "Task {task_sid} was created.",
    "task.deleted": "Task {task_sid} was deleted.",
    "task.system-deleted": "Task {task_sid} was removed: nobody completed it.",
    "task.updated": "Task {task_sid} was updated.",
    "task.wrapup": "Task {task_sid} is wrapping up.",
    "worker.activity.update": "{worker_name} is {worker_activity_name} now, and was {worker_previous_activity_name}.",
    "worker.attributes.update": "{worker_name} has other attributes.",
    "worker.capacity.update": "{worker_name} has another capacity for {task_channel_unique_name}.",
    "worker.channel.availability.update": "{worker_name}'s channel {task_channel_unique_name} was switched.",
    "worker.created": "Worker {worker_name} was created.",
    "worker.deleted": "Worker {worker_name} was deleted.",
    "workflow.created": "Workflow {workflow_name} was created.",
    "workflow.deleted": "Workflow {workflow_name} was deleted.",
    "workflow.entered": "Task {task_sid} entered Workflow {workflow_name}.",
    "workflow.skipped": "Task {task_sid} skipped the last step of Workflow {workflow_name}.",
    "workflow.target-matched": "Task {task_sid} matched filter {workflow_filter_name} of Workflow {workflow_name}.",
    "workflow.timeout": "Task {task_sid} ran through Workflow {workflow_name} without being assigned.",
    "workflow.updated": "Workflow {workflow_name} was updated.",
    "workspace.created": "The Workspace was created.",
    "workspace.deleted": "The Workspace was deleted.",
    "workspace.updated": "The Workspace was updated.",
}

_TONES: dict[str, Literal["good", "wait", "bad"]] = {
    "reservation.accepted": "good",
    "reservation.completed": "good",
    "task.completed": "good",
    "reservation.created": "wait",
    "reservation.rejected": "bad",
    "reservation.timeout": "bad",
    "reservation.canceled": "bad",
    "reservation.rescinded": "bad",
    "task.canceled": "bad",
    "task-queue.timeout": "bad",
    "workflow.skipped": "bad",
    "workflow.timeout": "bad",
}


def event_sentence(event_type: str, data: Mapping[str, Any], description: str = "") -> str:
    """Say what happened; of an event that is not known, or lacks something, Twilio's own description."""
    values = {name: short_sid(value) if name.endswith("_sid") else one_line(value) for name, value in data.items()}
    try:
        return _SENTENCES[event_type].format_map(values)
    except KeyError:
        return one_line(description) or one_line(event_type)


@lru_cache(maxsize=500)  # events never change, and most are those of the picture before
def event_row(event: Any) -> dict[str, str]:
    """One event as the widget draws it."""
    return {
        "key": event.sid,
        "time": clock_time(event.event_date),
        "type": one_line(event.event_type),
        "text": event_sentence(event.event_type, event.event_data, event.description),
        "task": event.event_data.get("task_sid") or "",
        "tone": _TONES.get(event.event_type, "plain"),
    }


def event_rows(events: Iterable[Any]) -> list[dict[str, str]]:
    """Events, the newest first."""
    return [event_row(event) for event in reversed(list(events))]
