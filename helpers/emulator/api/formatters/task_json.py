"""JSON of a Task and of its Reservations (reference 1.8 and appendix A)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...clock import Millis
from ...engine.model.resources import Reservation, Task
from .resource_json import Body, dates, identity, iso, workspace_url

if TYPE_CHECKING:
    from ...engine.state import WorkspaceState

__all__ = ["reservation_of_task", "reservation_of_worker", "task"]


def task(state: WorkspaceState, record: Task, now: Millis) -> Body:
    """Return a Task as JSON; ``age`` is in seconds since its creation."""
    parent = workspace_url(record.workspace_sid)
    url = f"{parent}/Tasks/{record.sid}"
    queue_sid, workflow_sid = record.task_queue_sid, record.workflow_sid
    queue = state.task_queues.get(queue_sid or "")
    flow = state.workflows.get(workflow_sid or "")
    return {
        **identity(record),
        "age": (now - record.date_created) // 1000,
        "assignment_status": record.assignment_status,
        "attributes": record.attributes,
        "addons": "{}",
        "priority": record.priority,
        "reason": record.reason,
        "timeout": record.timeout,
        "task_queue_sid": queue_sid,
        "task_queue_friendly_name": queue and queue.friendly_name,
        "task_queue_entered_date": None if record.task_queue_entered is None else iso(record.task_queue_entered),
        "workflow_sid": workflow_sid,
        "workflow_friendly_name": flow and flow.friendly_name,
        "task_channel_sid": record.task_channel_sid,
        "task_channel_unique_name": state.task_channels[record.task_channel_sid].unique_name,
        "virtual_start_time": iso(record.virtual_start_time),
        "ignore_capacity": record.ignore_capacity,
        "routing_target": record.routing_target,
        **dates(record),
        "url": url,
        "links": {
            "workspace": parent,
            "task_queue": queue_sid and f"{parent}/TaskQueues/{queue_sid}",
            "workflow": workflow_sid and f"{parent}/Workflows/{workflow_sid}",
            "reservations": f"{url}/Reservations",
        },
    }


def reservation_of_task(state: WorkspaceState, record: Reservation) -> Body:
    """Return a Reservation as JSON, with its URL below the Task."""
    return _reservation(state, record, f"Tasks/{record.task_sid}")


def reservation_of_worker(state: WorkspaceState, record: Reservation) -> Body:
    """Return a Reservation as JSON, with its URL below the Worker."""
    return _reservation(state, record, f"Workers/{record.worker_sid}")


def _reservation(state: WorkspaceState, record: Reservation, path: str) -> Body:
    """Return a Reservation as JSON; ``url`` has the path of the request (reference 1.8)."""
    parent = workspace_url(record.workspace_sid)
    reserved = state.workers.get(record.worker_sid)
    return {
        **identity(record),
        "task_sid": record.task_sid,
        "worker_sid": record.worker_sid,
        "worker_name": reserved and reserved.friendly_name,
        "reservation_status": record.reservation_status,
        **dates(record),
        "url": f"{parent}/{path}/Reservations/{record.sid}",
        "links": {
            "task": f"{parent}/Tasks/{record.task_sid}",
            "worker": f"{parent}/Workers/{record.worker_sid}",
            "workspace": parent,
        },
    }
