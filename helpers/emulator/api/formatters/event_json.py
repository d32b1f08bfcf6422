"""JSON of an Event (reference 8.4)."""

from __future__ import annotations

from typing import Any

from ...engine.event_data import dates_in_seconds
from ...engine.model.resources import Event
from .resource_json import iso, workspace_url

__all__ = ["event"]

_COLLECTIONS = {
    "activity": "Activities",
    "task": "Tasks",
    "taskchannel": "TaskChannels",
    "taskqueue": "TaskQueues",
    "worker": "Workers",
    "workflow": "Workflows",
}


def event(record: Event) -> dict[str, Any]:
    """Return an Event as JSON. The actor is the Workspace and the source Twilio: our choice (reference 8.4)."""
    parent = workspace_url(record.workspace_sid)
    return {
        "sid": record.sid,
        "account_sid": record.account_sid,
        "workspace_sid": record.workspace_sid,
        "actor_sid": record.actor_sid,
        "actor_type": record.actor_type,
        "actor_url": _url(record, record.actor_type, record.actor_sid),
        "description": record.description,
        "event_data": dates_in_seconds(record.data),
        "event_date": iso(record.event_date_ms),
        "event_date_ms": record.event_date_ms,
        "event_type": record.event_type,
        "resource_sid": record.resource_sid,
        "resource_type": record.resource_type,
        "resource_url": _url(record, record.resource_type, record.resource_sid),
        "source": "twilio",
        "source_ip_address": "127.0.0.1",
        "url": f"{parent}/Events/{record.sid}",
    }


def _url(record: Event, kind: str, sid: str) -> str:
    """Return the URL of a resource; a Reservation's is below its Task."""
    parent = workspace_url(record.workspace_sid)
    if kind == "workspace":
        return parent
    if kind == "reservation":
        return f"{parent}/Tasks/{record.data.get('task_sid', '')}/Reservations/{sid}"
    return f"{parent}/{_COLLECTIONS[kind.replace('-', '')]}/{sid}"  # types in old data files have hyphens
