"""Short labels for an exchange of the SDK: "update Alice → Idle", "201 WT6870…, pending"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from helpers.diagrams.redaction import read_body, redact
from helpers.emulator.display.safe_text import short_sid
from helpers.emulator.display.views.sdk_shapes import SentLike

__all__ = ["Names", "collect_names", "describe_request", "describe_response", "request_line"]

Names = Mapping[str, str]
"""Friendly names by SID, from the responses."""

_SINGULAR = {
    "Activities": "Activity",
    "Channels": "WorkerChannel",
    "Events": "Event",
    "Reservations": "Reservation",
    "TaskChannels": "TaskChannel",
    "TaskQueues": "TaskQueue",
    "Tasks": "Task",
    "Workers": "Worker",
    "Workflows": "Workflow",
    "Workspaces": "Workspace",
}
_NAMES = (
    ("sid", "friendly_name"),
    ("activity_sid", "activity_name"),
    ("task_queue_sid", "task_queue_friendly_name"),
    ("worker_sid", "worker_name"),
    ("workflow_sid", "workflow_friendly_name"),
)
"""Fields with a SID, each with the field of its name."""
_STATUS = ("assignment_status", "reservation_status", "activity_name")
"""Fields of a response's status; the first one that it has is shown."""
_CHANGED = ("AssignmentStatus", "ReservationStatus", "ActivitySid", "Instruction")
"""Parameters of an update that are shown with their value; of the others only the name is."""
_READ_CHARACTERS = 200_000
"""Length up to which responses are searched for names; longer ones are lists."""


def collect_names(wire: Iterable[SentLike]) -> dict[str, str]:
    """Return the friendly names in the responses by SID; the latest, if one changed."""
    found: dict[str, str] = {}
    for exchange in wire:
        body = read_body(exchange.body) if len(exchange.body) <= _READ_CHARACTERS else {}
        for resource in [body, *_read_page(body)]:
            found.update(_names_of(resource))
    return found


def request_line(exchange: SentLike) -> str:
    """Return the request line, without version and Workspace: ``POST …/Tasks``."""
    _, workspace, rest = exchange.path.partition("/Workspaces/")
    inner = rest.partition("/")[2]
    return redact(f"{exchange.method} …/{inner}" if workspace and inner else f"{exchange.method} {exchange.path}")


def describe_request(exchange: SentLike, names: Names) -> str:
    """Return what the request asks for, with names instead of SIDs where they are known."""
    parts = [part for part in exchange.path.split("/") if part][1:]
    collection, sid = (parts[-1], "") if len(parts) % 2 else (parts[-2], parts[-1]) if parts else ("", "")
    kind = _SINGULAR.get(collection, collection)
    if exchange.method == "GET":
        return redact(f"read {_name(kind, sid, names)}" if sid else f"list {collection}")
    if exchange.method == "DELETE":
        return redact(f"delete {_name(kind, sid, names)}")
    given = dict(exchange.parameters)
    if not sid:
        return redact(f"create {kind} {given.get('FriendlyName') or given.get('Attributes', '')}".rstrip())
    return redact(f"update {_name(kind, sid, names)}{_change(given, names)}")


def describe_response(exchange: SentLike) -> str:
    """Return the status code and the SID with its status, the number of listed resources, or the error."""
    if not exchange.status:
        return "no answer"
    body = read_body(exchange.body)
    if exchange.status >= 400:
        return redact(f"{exchange.status}, error {body.get('code', '?')}: {body.get('message', '')}", 120)
    if "meta" in body:
        return f"{exchange.status}, {len(_read_page(body))} listed"
    status = next((f", {body[name]}" for name in _STATUS if body.get(name)), "")
    sid = short_sid(body["sid"]) if isinstance(body.get("sid"), str) else ""
    return redact(f"{exchange.status} {sid}{status}".rstrip())


def _names_of(resource: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield SID and name of the resource, and of those it refers to, such as ``activity_sid`` and ``activity_name``."""
    for sid_field, name_field in _NAMES:
        sid, name = resource.get(sid_field), resource.get(name_field)
        if isinstance(sid, str) and isinstance(name, str):
            yield sid, name


def _name(kind: str, sid: str, names: Names) -> str:
    if sid not in names:
        return f"{kind} {sid}"
    return names[sid] if kind == "Worker" else f"{kind} “{names[sid]}”"


def _change(given: Mapping[str, str], names: Names) -> str:
    """Return `` → Idle`` for the main parameter of an update, and the names of the others."""
    main = next((name for name in _CHANGED if name in given), None)
    others = [name for name in given if name != main]
    if main is None:
        return f": {', '.join(others)}" if others else ""
    value = names.get(given[main], given[main])
    return f" → {value}" + (f" ({', '.join(others)})" if others else "")


def _read_page(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the resources of a page of a list."""
    pages = [value for value in body.values() if isinstance(value, list)] if "meta" in body else []
    return [each for page in pages for each in page if isinstance(each, dict)]
