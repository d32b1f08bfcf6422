"""Fields of events about a Task, a Worker, a Reservation …, in groups (reference 8.2).

Keys are snake_case as in the REST resource; :func:`callback_parameters` returns the form of event callbacks. Values are
always text, and unset ones are left out. Dates are stored in milliseconds, which statistics need, and sent in seconds:
:func:`dates_in_seconds`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..clock import Millis
from .model.resources import (
    Activity,
    Event,
    Reservation,
    Task,
    TaskChannel,
    TaskQueue,
    Worker,
    WorkerChannel,
    Workflow,
)
from .state import WorkspaceState

__all__ = [
    "activity_data",
    "callback_parameters",
    "camel",
    "dates_in_seconds",
    "escape_slashes",
    "reservation_data",
    "task_channel_data",
    "task_data",
    "task_queue_data",
    "text",
    "worker_channel_data",
    "worker_data",
    "workflow_data",
]

_JSON_FIELDS = frozenset({"task_attributes", "worker_attributes"})
_DATES = ("task_date_created", "task_queue_entered_date", "task_virtual_start_time")


def text(value: object) -> str:
    """Return ``value`` as event data spell it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def task_data(state: WorkspaceState, task: Task, now: Millis) -> dict[str, str]:
    """Return the task group, with the queue and the Workflow that the Task is in."""
    channel = state.task_channels[task.task_channel_sid]
    data = {
        "task_sid": task.sid,
        "task_attributes": task.attributes,
        "task_age": str((now - task.date_created) // 1000),
        "task_priority": str(task.priority),
        "task_assignment_status": task.assignment_status,
        "task_channel_sid": channel.sid,
        "task_channel_unique_name": channel.unique_name,
        "task_version": str(task.version),
        "task_ignore_capacity": text(bool(task.ignore_capacity)),
        "task_date_created": str(task.date_created),
        "task_virtual_start_time": str(task.virtual_start_time),
    }
    queue = state.task_queues.get(task.task_queue_sid or "")
    if queue is not None:
        data["task_queue_sid"] = queue.sid
        data["task_queue_name"] = queue.friendly_name
        data["task_queue_target_expression"] = queue.target_workers or ""
        data["task_queue_entered_date"] = str(task.task_queue_entered)
    workflow = state.workflows.get(task.workflow_sid or "")
    if workflow is not None:
        data["workflow_sid"] = workflow.sid
        data["workflow_name"] = workflow.friendly_name
    if task.reason is not None:
        data["reason"] = task.reason
    if task.routing_target is not None:
        data["task_routing_target"] = task.routing_target
    return data


def worker_data(state: WorkspaceState, worker: Worker) -> dict[str, str]:
    """Return the worker group."""
    activity = state.activities[worker.activity_sid]
    return {
        "worker_sid": worker.sid,
        "worker_name": worker.friendly_name,
        "worker_attributes": worker.attributes,
        "worker_activity_sid": activity.sid,
        "worker_activity_name": activity.friendly_name,
        "worker_version": text(worker.version),
    }


def reservation_data(state: WorkspaceState, reservation: Reservation, now: Millis) -> dict[str, str]:
    """Return the task and worker groups, and the Reservation's own."""
    data = task_data(state, state.tasks[reservation.task_sid], now)
    worker = state.workers.get(reservation.worker_sid)
    if worker is not None:
        data |= worker_data(state, worker)
    data |= {
        "reservation_sid": reservation.sid,
        "reservation_status": reservation.reservation_status,
        "reservation_version": text(reservation.version),
        "reservation_timeout": text(reservation.timeout),
    }
    if reservation.known_worker_sid is not None:
        data["known_worker_sid"] = reservation.known_worker_sid
    return data


def worker_channel_data(state: WorkspaceState, channel: WorkerChannel, previous_capacity: int) -> dict[str, str]:
    """Return the fields of ``worker.capacity.update`` and ``worker.channel.availability.update``."""
    return worker_data(state, state.workers[channel.worker_sid]) | {
        "worker_channel_available": text(channel.available),
        "worker_channel_available_capacity": text(state.available_capacity_percentage(channel)),
        "worker_channel_previous_capacity": text(previous_capacity),
        "worker_channel_task_count": text(state.assigned_tasks(channel)),
        "task_channel_sid": channel.task_channel_sid,
        "task_channel_unique_name": state.task_channels[channel.task_channel_sid].unique_name,
    }


def activity_data(activity: Activity) -> dict[str, str]:
    """Return the fields of ``activity.*``."""
    return {
        "activity_sid": activity.sid,
        "activity_name": activity.friendly_name,
        "activity_available": text(activity.available),
    }


def task_channel_data(channel: TaskChannel) -> dict[str, str]:
    """Return the fields of ``task-channel.*``."""
    return {
        "task_channel_sid": channel.sid,
        "task_channel_name": channel.friendly_name,
        "task_channel_unique_name": channel.unique_name,
        "task_channel_optimized_routing": text(bool(channel.channel_optimized_routing)),
    }


def task_queue_data(queue: TaskQueue) -> dict[str, str]:
    """Return the fields of ``task-queue.created``, ``.deleted`` and ``.expression.updated``."""
    return {
        "task_queue_sid": queue.sid,
        "task_queue_name": queue.friendly_name,
        "task_queue_target_expression": queue.target_workers or "",
    }


def workflow_data(workflow: Workflow) -> dict[str, str]:
    """Return the fields of ``workflow.created``, ``.updated`` and ``.deleted``."""
    return {"workflow_sid": workflow.sid, "workflow_name": workflow.friendly_name}


def dates_in_seconds(data: dict[str, str]) -> dict[str, str]:
    """Return an event's data as Twilio sends them: dates are epoch seconds (reference 8.2)."""
    return data | {name: str(int(data[name]) // 1000) for name in _DATES if name in data}


def callback_parameters(event: Event) -> dict[str, str]:
    """Return the form fields of an event callback (reference 8.1)."""
    common = {
        "Sid": event.sid,
        "EventType": event.event_type,
        "AccountSid": event.account_sid,
        "EventDescription": event.description,
        "ResourceType": event.resource_type,
        "ResourceSid": event.resource_sid,
        "Timestamp": text(event.event_date_ms // 1000),
        "TimestampMs": text(event.event_date_ms),
    }
    data = dates_in_seconds(event.data)
    return common | {camel(key): escape_slashes(value) if key in _JSON_FIELDS else value for key, value in data.items()}


def escape_slashes(json_text: str) -> str:
    """Return JSON text as callbacks carry it: with every slash escaped (reference 1.6)."""
    return json_text.replace("/", "\\/")


@lru_cache(maxsize=256)
def camel(key: str) -> str:
    """Return ``task_queue_sid`` as ``TaskQueueSid``."""
    return re.sub(r"(?:^|_)([a-z])", lambda match: match.group(1).upper(), key)
