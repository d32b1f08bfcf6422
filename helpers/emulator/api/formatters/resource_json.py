"""JSON of each resource, property by property (reference 1.8 and appendix A).

``task_json`` formats Tasks and Reservations, ``event_json`` Events.

URLs are Twilio's own, ``https://taskrouter.twilio.com/v1/…``, whatever the host of the request: ports vary, stored
outputs must not, and our HTTP client for the SDK replaces the host again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ...clock import Millis
from ...engine.model.resources import Activity, Record, TaskChannel, TaskQueue, Worker, WorkerChannel, Workflow

if TYPE_CHECKING:
    from ...engine.state import WorkspaceState

__all__ = [
    "HOST",
    "Body",
    "activity",
    "dates",
    "identity",
    "iso",
    "task_channel",
    "task_queue",
    "worker",
    "worker_channel",
    "workflow",
    "workspace",
    "workspace_url",
]

HOST = "https://taskrouter.twilio.com"

Body = dict[str, Any]
"""JSON object."""


def workspace_url(workspace_sid: str) -> str:
    """Return the URL of a Workspace, below which are those of its resources."""
    return f"{HOST}/v1/Workspaces/{workspace_sid}"


@lru_cache(maxsize=4096)
def _iso_second(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso(moment: Millis) -> str:
    """Return a time such as ``2026-03-02T09:00:00Z``, in UTC and whole seconds."""
    return _iso_second(moment // 1000)


def workspace(state: WorkspaceState) -> Body:
    """Return a Workspace as JSON, with the names of its default and timeout Activities."""
    record = state.workspace
    url = workspace_url(record.sid)
    return {
        "sid": record.sid,
        "account_sid": record.account_sid,
        "friendly_name": record.friendly_name,
        "default_activity_sid": record.default_activity_sid,
        "default_activity_name": _activity_name(state, record.default_activity_sid),
        "timeout_activity_sid": record.timeout_activity_sid,
        "timeout_activity_name": _activity_name(state, record.timeout_activity_sid),
        "event_callback_url": record.event_callback_url or "",
        "events_filter": record.events_filter,
        "multi_task_enabled": record.multi_task_enabled,
        "prioritize_queue_order": record.prioritize_queue_order,
        **dates(record),
        "url": url,
        "links": {
            "activities": f"{url}/Activities",
            **_statistics_links(url),
            "task_queues": f"{url}/TaskQueues",
            "tasks": f"{url}/Tasks",
            "workers": f"{url}/Workers",
            "workflows": f"{url}/Workflows",
            "task_channels": f"{url}/TaskChannels",
            "events": f"{url}/Events",
        },
    }


def activity(record: Activity) -> Body:
    """Return an Activity as JSON."""
    parent = workspace_url(record.workspace_sid)
    return {
        **identity(record),
        "friendly_name": record.friendly_name,
        "available": record.available,
        **dates(record),
        "url": f"{parent}/Activities/{record.sid}",
        "links": {"workspace": parent},
    }


def task_channel(record: TaskChannel) -> Body:
    """Return a TaskChannel as JSON."""
    parent = workspace_url(record.workspace_sid)
    return {
        **identity(record),
        "friendly_name": record.friendly_name,
        "unique_name": record.unique_name,
        "channel_optimized_routing": record.channel_optimized_routing,
        **dates(record),
        "url": f"{parent}/TaskChannels/{record.sid}",
        "links": {"workspace": parent},
    }


def task_queue(state: WorkspaceState, record: TaskQueue) -> Body:
    """Return a TaskQueue as JSON; links to Activities that it doesn't have are null."""
    parent = workspace_url(record.workspace_sid)
    url = f"{parent}/TaskQueues/{record.sid}"
    reservation, assignment = record.reservation_activity_sid, record.assignment_activity_sid
    return {
        **identity(record),
        "friendly_name": record.friendly_name,
        "target_workers": record.target_workers,
        "max_reserved_workers": record.max_reserved_workers,
        "task_order": record.task_order,
        "reservation_activity_sid": reservation,
        "reservation_activity_name": _activity_name(state, reservation),
        "assignment_activity_sid": assignment,
        "assignment_activity_name": _activity_name(state, assignment),
        **dates(record),
        "url": url,
        "links": {
            "workspace": parent,
            **_statistics_links(url),
            "list_statistics": f"{parent}/TaskQueues/Statistics",
            "bulk_real_time_statistics": f"{parent}/TaskQueues/RealTimeStatistics",
            "reservation_activity": reservation and f"{parent}/Activities/{reservation}",
            "assignment_activity": assignment and f"{parent}/Activities/{assignment}",
        },
    }


def worker(state: WorkspaceState, record: Worker) -> Body:
    """Return a Worker as JSON; ``available`` is its Activity's."""
    parent = workspace_url(record.workspace_sid)
    url = f"{parent}/Workers/{record.sid}"
    current = state.activities[record.activity_sid]
    return {
        **identity(record),
        "friendly_name": record.friendly_name,
        "attributes": record.attributes,
        "activity_sid": current.sid,
        "activity_name": current.friendly_name,
        "available": current.available,
        "date_status_changed": iso(record.date_status_changed),
        **dates(record),
        "url": url,
        "links": {
            "workspace": parent,
            "activity": f"{parent}/Activities/{current.sid}",
            "channels": f"{url}/Channels",
            "worker_channels": f"{url}/Channels",
            "reservations": f"{url}/Reservations",
            "worker_statistics": f"{url}/Statistics",
            **_statistics_links(f"{parent}/Workers"),
        },
    }


def worker_channel(state: WorkspaceState, record: WorkerChannel) -> Body:
    """Return a WorkerChannel as JSON, with the capacity that its open Reservations leave."""
    parent = workspace_url(record.workspace_sid)
    return {
        **identity(record),
        "worker_sid": record.worker_sid,
        "task_channel_sid": record.task_channel_sid,
        "task_channel_unique_name": state.task_channels[record.task_channel_sid].unique_name,
        "assigned_tasks": state.assigned_tasks(record),
        "available": record.available,
        "available_capacity_percentage": state.available_capacity_percentage(record),
        "configured_capacity": record.configured_capacity,
        **dates(record),
        "url": f"{parent}/Workers/{record.worker_sid}/Channels/{record.sid}",
    }


def workflow(record: Workflow) -> Body:
    """Return a Workflow as JSON; ``document_content_type`` is null, as in all recordings (reference 1.8)."""
    parent = workspace_url(record.workspace_sid)
    url = f"{parent}/Workflows/{record.sid}"
    return {
        **identity(record),
        "friendly_name": record.friendly_name,
        "configuration": record.configuration,
        "document_content_type": None,
        "assignment_callback_url": record.assignment_callback_url,
        "fallback_assignment_callback_url": record.fallback_assignment_callback_url,
        "task_reservation_timeout": record.task_reservation_timeout,
        **dates(record),
        "url": url,
        "links": {
            "workspace": parent,
            **_statistics_links(url),
        },
    }


def identity(record: Record) -> Body:
    """Return the SIDs that every resource of a Workspace begins with."""
    return {"sid": record.sid, "account_sid": record.account_sid, "workspace_sid": record.workspace_sid}


def dates(record: Record) -> Body:
    """Return the times at which a record was created and last changed."""
    return {"date_created": iso(record.date_created), "date_updated": iso(record.date_updated)}


def _statistics_links(url: str) -> dict[str, str]:
    return {
        "statistics": f"{url}/Statistics",
        "real_time_statistics": f"{url}/RealTimeStatistics",
        "cumulative_statistics": f"{url}/CumulativeStatistics",
    }


def _activity_name(state: WorkspaceState, sid: str | None) -> str | None:
    return None if sid is None else state.activities[sid].friendly_name
