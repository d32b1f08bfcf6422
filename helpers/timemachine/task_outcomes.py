"""What became of each Task, read from the events of a Workspace: they outlive the Tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helpers.emulator.display.board.event_order import WORKFLOW_TIMEOUT, workflow_end
from helpers.emulator.engine.model.statuses import UNACCEPTED_ENDS

__all__ = ["Fate", "fates"]

_ENDS = {
    "task.completed": "completed",
    "task.canceled": "canceled",
    "task.deleted": "deleted",
    "task.system-deleted": "deleted",
}


@dataclass
class Fate:
    """How far a Task came. Times are milliseconds."""

    task_sid: str
    attributes: str
    since: int
    """When its status last changed."""
    queue: str = ""
    status: str = "waiting"
    """waiting, reserved, accepted, wrapping, completed, canceled or deleted."""
    workers: tuple[str, ...] = ()
    """Who is reserved, or has it."""
    reason: str = ""
    reserved: int | None = None
    """The last time; None if never."""
    accepted: int | None = None

    def words(self) -> str:
        """``accepted by Alice``, ``still waiting``, ``canceled (Task TTL Exceeded)``."""
        who = " and ".join(self.workers)
        if self.status == "waiting":
            return "still waiting"
        if self.status in ("canceled", "deleted"):
            return f"{self.status} ({self.reason})" if self.reason else self.status
        if not who:
            return self.status
        return f"reserved for {who}" if self.status == "reserved" else f"{self.status} by {who}"


def fates(events: Iterable[Any]) -> dict[str, Fate]:
    """By Task SID, in order of creation. ``events`` are the emulator's, oldest first."""
    found: dict[str, Fate] = {}
    types: dict[str, list[str]] = {}
    for event in events:
        data = event.data
        task_sid = data.get("task_sid")
        if task_sid is None:
            continue
        types.setdefault(task_sid, []).append(event.event_type)
        if task_sid not in found:
            found[task_sid] = Fate(task_sid, data.get("task_attributes", ""), int(data["task_date_created"]))
        _follow(found[task_sid], event.event_type, event.event_date_ms, data)
        if found[task_sid].reason == WORKFLOW_TIMEOUT:
            found[task_sid].reason += f": {workflow_end(types[task_sid]).value}"
    return found


def _follow(fate: Fate, event_type: str, at: int, data: dict[str, str]) -> None:
    before = fate.status, fate.workers
    fate.queue = data.get("task_queue_name", fate.queue)
    fate.attributes = data.get("task_attributes", fate.attributes)
    kind, _, what = event_type.partition(".")
    if event_type in _ENDS:
        fate.status, fate.reason = _ENDS[event_type], data.get("task_canceled_reason", "")
    elif event_type == "task.wrapup":
        fate.status = "wrapping"
    elif kind == "reservation":
        _follow_reservation(fate, what, at, data["worker_name"])
    if (fate.status, fate.workers) != before:
        fate.since = at


def _follow_reservation(fate: Fate, what: str, at: int, worker: str) -> None:
    if what == "created":
        fate.status, fate.reserved, fate.workers = "reserved", at, (*fate.workers, worker)
    elif what == "accepted":
        fate.status, fate.accepted, fate.workers = "accepted", at, (worker,)
    elif what in UNACCEPTED_ENDS and fate.accepted is None:
        fate.workers = tuple(each for each in fate.workers if each != worker)
        if not fate.workers and fate.status == "reserved":
            fate.status = "waiting"
