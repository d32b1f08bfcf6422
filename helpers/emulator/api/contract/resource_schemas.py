"""Every property of every resource, with its type and nullability (reference appendix A)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...engine.model.statuses import RESERVATION_MOVES, TASK_MOVES

__all__ = ["DATE", "LIST", "MAYBE_OBJECT", "OBJECT", "OWNED", "RESOURCE_SCHEMAS", "WHOLE", "Property", "Schema", "sid"]


@dataclass(frozen=True, slots=True)
class Property:
    """One property. ``differs`` says in words where ours is not what Twilio's would be."""

    type: str
    is_nullable: bool = False
    rules: tuple[tuple[str, Any], ...] = ()
    differs: str = ""

    def json_schema(self) -> dict[str, Any]:
        """The property as JSON schema."""
        return {"type": [self.type, "null"] if self.is_nullable else self.type, **dict(self.rules)}


Schema = dict[str, Property]

_TEXT = Property("string")
_MAYBE_TEXT = Property("string", is_nullable=True)
WHOLE = Property("integer")
_FLAG = Property("boolean")
_MAYBE_FLAG = Property("boolean", is_nullable=True)
_DATE_RULES = (("pattern", r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"),)
DATE = Property("string", rules=_DATE_RULES)
_MAYBE_DATE = Property("string", is_nullable=True, rules=_DATE_RULES)
_URL = Property("string", rules=(("format", "uri"),))
OBJECT = Property("object")
MAYBE_OBJECT = Property("object", is_nullable=True)
LIST = Property("array")


def sid(*prefixes: str, is_nullable: bool = False) -> Property:
    """A SID of one of the kinds ``prefixes``."""
    return Property("string", is_nullable, (("pattern", f"^({'|'.join(prefixes)})[0-9a-f]{{32}}$"),))


def _one_of(*options: str) -> Property:
    return Property("string", rules=(("enum", list(options)),))


def _links(*names: str, may_be_null: tuple[str, ...] = ()) -> Property:
    properties: dict[str, Any] = {name: {"type": "string", "format": "uri"} for name in names}
    properties |= {name: {"type": ["string", "null"], "format": "uri"} for name in may_be_null}
    required = [*names, *may_be_null]
    rules = (("properties", properties), ("required", required), ("additionalProperties", False))
    return Property("object", rules=rules)


OWNED: Schema = {"account_sid": sid("AC"), "workspace_sid": sid("WS"), "url": _URL}
_DATED: Schema = {"date_created": DATE, "date_updated": DATE}
_ACTIVITY_SID = sid("WA", is_nullable=True)
_STATISTICS = ("statistics", "real_time_statistics", "cumulative_statistics")

RESOURCE_SCHEMAS: dict[str, Schema] = {
    "workspace": {
        "sid": sid("WS"),
        "account_sid": sid("AC"),
        "friendly_name": _TEXT,
        "default_activity_sid": _ACTIVITY_SID,
        "default_activity_name": _MAYBE_TEXT,
        "timeout_activity_sid": _ACTIVITY_SID,
        "timeout_activity_name": _MAYBE_TEXT,
        "event_callback_url": _TEXT,
        "events_filter": _MAYBE_TEXT,
        "multi_task_enabled": _FLAG,
        "prioritize_queue_order": _one_of("FIFO", "LIFO"),
        **_DATED,
        "url": _URL,
        "links": _links(
            "activities", "task_queues", "tasks", "workers", "workflows", "task_channels", "events", *_STATISTICS
        ),
    },
    "activity": {
        "sid": sid("WA"),
        "friendly_name": _TEXT,
        "available": _FLAG,
        **OWNED,
        **_DATED,
        "links": _links("workspace"),
    },
    "task_channel": {
        "sid": sid("TC"),
        "friendly_name": _TEXT,
        "unique_name": _TEXT,
        "channel_optimized_routing": _MAYBE_FLAG,
        **OWNED,
        **_DATED,
        "links": _links("workspace"),
    },
    "task_queue": {
        "sid": sid("WQ"),
        "friendly_name": _TEXT,
        "target_workers": _MAYBE_TEXT,
        "max_reserved_workers": WHOLE,
        "task_order": _one_of("FIFO", "LIFO"),
        "reservation_activity_sid": _ACTIVITY_SID,
        "reservation_activity_name": _MAYBE_TEXT,
        "assignment_activity_sid": _ACTIVITY_SID,
        "assignment_activity_name": _MAYBE_TEXT,
        **OWNED,
        **_DATED,
        "links": _links(
            "workspace",
            *_STATISTICS,
            "list_statistics",
            "bulk_real_time_statistics",
            may_be_null=("reservation_activity", "assignment_activity"),
        ),
    },
    "worker": {
        "sid": sid("WK"),
        "friendly_name": _TEXT,
        "attributes": _TEXT,
        "activity_sid": sid("WA"),
        "activity_name": _TEXT,
        "available": _FLAG,
        "date_status_changed": DATE,
        **OWNED,
        **_DATED,
        "links": _links(
            "workspace", "activity", "channels", "worker_channels", "reservations", "worker_statistics", *_STATISTICS
        ),
    },
    "worker_channel": {
        "sid": sid("WC"),
        "worker_sid": sid("WK"),
        "task_channel_sid": sid("TC"),
        "task_channel_unique_name": _TEXT,
        "assigned_tasks": WHOLE,
        "available": _FLAG,
        "available_capacity_percentage": WHOLE,
        "configured_capacity": WHOLE,
        **OWNED,
        **_DATED,
    },
    "workflow": {
        "sid": sid("WW"),
        "friendly_name": _TEXT,
        "configuration": _TEXT,
        "document_content_type": _MAYBE_TEXT,
        "assignment_callback_url": _MAYBE_TEXT,
        "fallback_assignment_callback_url": _MAYBE_TEXT,
        "task_reservation_timeout": WHOLE,
        **OWNED,
        **_DATED,
        "links": _links("workspace", *_STATISTICS),
    },
    "task": {
        "sid": sid("WT"),
        "age": WHOLE,
        "assignment_status": _one_of(*TASK_MOVES),
        "attributes": _TEXT,
        "addons": Property("string", differs="always {}: there are no add-ons here"),
        "priority": WHOLE,
        "reason": _MAYBE_TEXT,
        "timeout": WHOLE,
        "task_queue_sid": sid("WQ", is_nullable=True),
        "task_queue_friendly_name": _MAYBE_TEXT,
        "task_queue_entered_date": _MAYBE_DATE,
        "workflow_sid": sid("WW", is_nullable=True),
        "workflow_friendly_name": _MAYBE_TEXT,
        "task_channel_sid": sid("TC"),
        "task_channel_unique_name": _TEXT,
        "virtual_start_time": DATE,
        "ignore_capacity": _MAYBE_FLAG,
        "routing_target": sid("WK", "WQ", "WW", is_nullable=True),
        **OWNED,
        **_DATED,
        "links": _links("workspace", "reservations", may_be_null=("task_queue", "workflow")),
    },
    "reservation": {
        "sid": sid("WR"),
        "task_sid": sid("WT"),
        "worker_sid": sid("WK"),
        "worker_name": _MAYBE_TEXT,
        "reservation_status": _one_of(*RESERVATION_MOVES),
        **OWNED,
        **_DATED,
        "links": _links("task", "worker", "workspace"),
    },
    "event": {
        "sid": sid("EV"),
        "actor_sid": sid("[A-Z]{2}"),
        "actor_type": _TEXT,
        "actor_url": _URL,
        "description": _TEXT,
        "event_data": Property("object", rules=(("additionalProperties", {"type": "string"}),)),
        "event_date": DATE,
        "event_date_ms": WHOLE,
        "event_type": _TEXT,
        "resource_sid": sid("[A-Z]{2}"),
        "resource_type": _TEXT,
        "resource_url": _URL,
        "source": Property("string", differs="always twilio"),
        "source_ip_address": Property("string", differs="always 127.0.0.1"),
        **OWNED,
    },
}
"""By the name that ``Operation.returns`` gives."""
