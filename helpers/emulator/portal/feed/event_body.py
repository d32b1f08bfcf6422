"""Events as the portal gets them: what happened, to what, and which request caused it."""

from __future__ import annotations

from typing import Any

from ...display.board.events_view import event_sentence
from ...display.safe_text import short_sid
from ...engine.model.resources import Event

__all__ = ["event_body"]

_SIDS = ("task_sid", "worker_sid", "reservation_sid")

_NAMES = {
    "activity": "activity_name",
    "taskchannel": "task_channel_unique_name",
    "taskqueue": "task_queue_name",
    "worker": "worker_name",
    "workflow": "workflow_name",
    "workspace": "workspace_name",
}


def event_body(event: Event, request: int | None) -> dict[str, Any]:
    """Return an event with a sentence about it.

    ``channel`` is the unique name of the TaskChannel, for events of Tasks and Reservations, and of a Worker's channel.
    ``about`` is the name of the resource that changed, or its shortened SID if it has no name.

    Args:
        request: number of the request that caused it.
    """
    data = event.data
    return {
        "number": event.number,
        "sid": event.sid,
        "event_type": event.event_type,
        "event_date_ms": event.event_date_ms,
        "description": event.description,
        "resource_type": event.resource_type,
        "resource_sid": event.resource_sid,
        **{name: data.get(name) for name in _SIDS},
        "channel": data.get("task_channel_unique_name"),
        "request": request,
        "sentence": event_sentence(event.event_type, data, event.description),
        "about": data.get(_NAMES.get(event.resource_type.replace("-", ""), "")) or short_sid(event.resource_sid),
    }
