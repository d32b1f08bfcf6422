"""What an exchange of the SDK meant, in a few words: "update Alice → Idle", "201 WT6870…, pending"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from helpers.diagrams.redaction import body_of, discreet
from helpers.emulator.display.safe_text import short_sid
from helpers.emulator.display.views.sdk_shapes import SentLike

__all__ = ["Names", "answer", "deed", "names_in", "request"]

Names = Mapping[str, str]
"""Friendly names by SID, as the answers told them."""

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
"""Fields that tell a SID, each with the field that tells its name."""
_STATUS = ("assignment_status", "reservation_status", "activity_name")
"""Of these an answer tells the first it has; a Worker's is their Activity."""
_CHANGED = ("AssignmentStatus", "ReservationStatus", "ActivitySid", "Instruction")
"""Parameters that are what an update is about; of the others only the names are told."""
_READ_CHARACTERS = 200_000
"""Longer answers are lists, which are not searched for names."""


def names_in(wire: Iterable[SentLike]) -> dict[str, str]:
    """Every friendly name that an answer told, the latest where it changed."""
    found: dict[str, str] = {}
    for exchange in wire:
        body = body_of(exchange.body) if len(exchange.body) <= _READ_CHARACTERS else {}
        for resource in [body, *_listed(body)]:
            found.update(_names_of(resource))
    return found


def request(exchange: SentLike) -> str:
    """The request line, without version and Workspace: ``POST …/Tasks``."""
    _, workspace, rest = exchange.path.partition("/Workspaces/")
    inner = rest.partition("/")[2]
    return discreet(f"{exchange.method} …/{inner}" if workspace and inner else f"{exchange.method} {exchange.path}")


def deed(exchange: SentLike, names: Names) -> str:
    """What was asked for, with names instead of SIDs where they are known."""
    parts = [part for part in exchange.path.split("/") if part][1:]
    collection, sid = (parts[-1], "") if len(parts) % 2 else (parts[-2], parts[-1]) if parts else ("", "")
    kind = _SINGULAR.get(collection, collection)
    if exchange.method == "GET":
        return discreet(f"read {_named(kind, sid, names)}" if sid else f"list {collection}")
    if exchange.method == "DELETE":
        return discreet(f"delete {_named(kind, sid, names)}")
    given = dict(exchange.parameters)
    if not sid:
        return discreet(f"create {kind} {given.get('FriendlyName') or given.get('Attributes', '')}".rstrip())
    return discreet(f"update {_named(kind, sid, names)}{_change(given, names)}")


def answer(exchange: SentLike) -> str:
    """Status code and what matters most of the answer: SID and status, how many, or the error."""
    if not exchange.status:
        return "no answer"
    body = body_of(exchange.body)
    if exchange.status >= 400:
        return discreet(f"{exchange.status}, error {body.get('code', '?')}: {body.get('message', '')}", 120)
    if "meta" in body:
        return f"{exchange.status}, {len(_listed(body))} listed"
    status = next((f", {body[name]}" for name in _STATUS if body.get(name)), "")
    sid = short_sid(body["sid"]) if isinstance(body.get("sid"), str) else ""
    return discreet(f"{exchange.status} {sid}{status}".rstrip())


def _names_of(resource: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Its own name, and those of what it refers to, such as ``activity_sid`` and ``activity_name``."""
    for sid_field, name_field in _NAMES:
        sid, name = resource.get(sid_field), resource.get(name_field)
        if isinstance(sid, str) and isinstance(name, str):
            yield sid, name


def _named(kind: str, sid: str, names: Names) -> str:
    if sid not in names:
        return f"{kind} {sid}"
    return names[sid] if kind == "Worker" else f"{kind} “{names[sid]}”"


def _change(given: Mapping[str, str], names: Names) -> str:
    """`` → Idle`` for what an update is about, and the names of the parameters beside it."""
    main = next((name for name in _CHANGED if name in given), None)
    others = [name for name in given if name != main]
    if main is None:
        return f": {', '.join(others)}" if others else ""
    value = names.get(given[main], given[main])
    return f" → {value}" + (f" ({', '.join(others)})" if others else "")


def _listed(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The resources of a page of a list."""
    pages = [value for value in body.values() if isinstance(value, list)] if "meta" in body else []
    return [each for page in pages for each in page if isinstance(each, dict)]
