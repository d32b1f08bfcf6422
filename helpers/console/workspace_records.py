"""Records of a Workspace that was read through the SDK, in the form in which an emulator sends them to the portal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from helpers.emulator.display.board.channel_use import ChannelUse
from helpers.emulator.display.board.workspace_snapshot import ClockFace, WorkspaceSnapshot
from helpers.emulator.engine.model.event_types import describe_filter
from helpers.emulator.engine.model.statuses import OPEN_RESERVATIONS
from helpers.emulator.portal.feed.event_body import event_body

__all__ = ["clock_record", "event_record", "records_of"]

Record = dict[str, Any]

_LEFT_OUT = frozenset({"account_sid", "links", "url", "workspace_sid"})
_LONGEST_ATTRIBUTES = 400
"""Most characters of attributes in a list; who wants all of them fetches the resource."""


def records_of(snapshot: WorkspaceSnapshot) -> dict[str, dict[str, Record]]:
    """Return the records of a Workspace by kind and SID, as ``Stream`` of the emulator's portal sends them."""
    reservations = [each for offered in snapshot.reservations.values() for each in offered]
    channels = [each for channels in snapshot.channels.values() for each in channels]
    use = ChannelUse(reservations, snapshot.tasks)
    tasks = _by_sid(snapshot.tasks.values())
    holders = {each.task_sid: each.worker_sid for each in reservations if each.reservation_status in OPEN_RESERVATIONS}
    return {
        "workspace": _workspaces(snapshot.workspace),
        "activities": _by_sid(snapshot.activities),
        "task_channels": _by_sid(snapshot.task_channels),
        "task_queues": _by_sid(snapshot.queues),
        "workers": _by_sid(snapshot.workers.values()),
        "worker_channels": {each.sid: _record(each) | {"held": use.of(each)} for each in channels},
        "workflows": _by_sid(snapshot.workflows),
        "tasks": {sid: {**each, "worker_sid": holders.get(sid)} for sid, each in tasks.items()},
        "reservations": {sid: each | _limit(each, snapshot) for sid, each in _by_sid(reservations).items()},
    }


def _workspaces(workspace: Any) -> dict[str, Record]:
    """Return the Workspace by its SID; nothing if it couldn't be read."""
    records = _by_sid(filter(None, [workspace]))
    return {sid: each | describe_filter(each["events_filter"]) for sid, each in records.items()}


def clock_record(clock: ClockFace, workspace_sid: str) -> Record:
    """Return the clock with the one timer that can be read from outside."""
    due = None if clock.next is None else _milliseconds(clock.next.due)
    timer = [] if clock.next is None else [{"due_ms": due, "purpose": clock.next.purpose, "sid": clock.next.sid}]
    return {
        "now_ms": _milliseconds(clock.now),
        "running": clock.kind != "lesson",
        "kind": clock.kind,
        "can_move": clock.kind != "live",
        "timers": [{**each, "workspace_sid": workspace_sid} for each in timer],
        "more_timers": 0,
    }


def event_record(event: Any, number: int) -> Record:
    """Return an event as the emulator's portal sends it; which request caused it isn't known."""
    told = ("sid", "event_type", "description", "resource_type", "resource_sid")
    seen = {name: getattr(event, name) for name in told}
    moment = int(event.event_date_ms)
    read: Any = SimpleNamespace(number=number, event_date_ms=moment, data=event.event_data, **seen)
    return event_body(read, None)


def _by_sid(resources: Iterable[Any]) -> dict[str, Record]:
    return {each.sid: _record(each) for each in resources}


def _record(resource: Any) -> Record:
    given = {name: _plain(value) for name, value in vars(resource).items() if _is_told(name)}
    attributes = given.get("attributes")
    if isinstance(attributes, str) and len(attributes) > _LONGEST_ATTRIBUTES:
        given |= {"attributes": attributes[:_LONGEST_ATTRIBUTES], "attributes_cut": True}
    return given


def _is_told(name: str) -> bool:
    return not name.startswith("_") and name not in _LEFT_OUT


def _plain(value: object) -> object:
    return _milliseconds(value) if isinstance(value, datetime) else value


def _limit(reservation: Record, snapshot: WorkspaceSnapshot) -> Record:
    """Return how long a Reservation waits for its answer, by the Workflow of its Task as that is now."""
    task = snapshot.tasks.get(reservation["task_sid"])
    workflow_sid = None if task is None else task.workflow_sid
    timeouts = [int(each.task_reservation_timeout) for each in snapshot.workflows if each.sid == workflow_sid]
    if reservation["reservation_status"] != "pending" or not timeouts:
        return {"timeout": None, "expires": None}
    return {"timeout": timeouts[0], "expires": reservation["date_created"] + timeouts[0] * 1000}


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
