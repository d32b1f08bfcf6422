"""Routing that shows late: TaskRouter decides at once here, and answers as if it took some seconds.

A new Reservation is in no list, can't be fetched, and has no event; its Task is still pending and its Worker's channel
as free as before. A Task that was just accepted is still reserved. Statistics and activities show everything at once.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from helpers.emulator.emulator import Emulator
from helpers.emulator.server import RunningEmulator
from tests.contract.stage.exchange import Asked, Reply, twilio_error

__all__ = ["Unseen", "find_unseen"]

_RESERVATION = re.compile(r"/Reservations/(WR\w+)$")
_TASKS = re.compile(r"/Tasks$")


@dataclass(frozen=True)
class Unseen:
    """Results of routing that nobody may see yet."""

    reservations: set[str] = field(default_factory=set)
    statuses: dict[str, str] = field(default_factory=dict)
    """Status that a Task seems to have, by its SID."""
    places: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Number of unseen Reservations by the SIDs of Worker and TaskChannel."""

    def refuse(self, asked: Asked) -> Reply | None:
        """Return the answer to a request about a Reservation that doesn't seem to be there."""
        found = _RESERVATION.search(asked.path)
        if found is None or found[1] not in self.reservations:
            return None
        return twilio_error(404, 20404, f"The requested resource {asked.path.removeprefix('/v1')} was not found")

    def ask_all(self, asked: Asked) -> Asked:
        """Return the request without a filter by status, which :meth:`cover` then applies to what seems to be."""
        if not self.statuses or asked.method != "GET" or not _TASKS.search(asked.path):
            return asked
        parts = urlsplit(asked.target)
        kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "AssignmentStatus"]
        return replace(asked, target=parts._replace(query=urlencode(kept)).geturl())

    def cover(self, asked: Asked, reply: Reply) -> Reply:
        """Return the answer as it seems, from a Reservation to a page of Tasks."""
        if reply.status >= 300 or not reply.body:
            return reply
        found = json.loads(reply.body)
        for key, items in found.items():
            if isinstance(items, list) and "meta" in found:
                found[key] = [self._cover(item) for item in items if not self._hides(item, asked)]
        return replace(reply, body=json.dumps(self._cover(found)).encode())

    def _hides(self, item: dict[str, Any], asked: Asked) -> bool:
        if item.get("sid") in self.reservations:
            return True
        if str(item.get("event_type", "")).startswith("reservation."):
            return item.get("resource_sid") in self.reservations
        wanted = _wanted_statuses(asked) if _TASKS.search(asked.path) else []
        return bool(wanted) and self._cover(item)["assignment_status"] not in wanted

    def _cover(self, item: dict[str, Any]) -> dict[str, Any]:
        if "assignment_status" in item and item["sid"] in self.statuses:
            return item | {"assignment_status": self.statuses[item["sid"]]}
        unseen = self.places[item.get("worker_sid", ""), item.get("task_channel_sid", "")]
        if unseen and "available_capacity_percentage" in item:
            free = item["available_capacity_percentage"] + 100 * unseen // item["configured_capacity"]
            return item | {"available_capacity_percentage": min(free, 100)}
        return item


def _wanted_statuses(asked: Asked) -> list[str]:
    """Return the statuses that a list is asked for: the parameter may be repeated, and have several in it."""
    pairs = parse_qsl(urlsplit(asked.target).query)
    return [status for name, value in pairs if name == "AssignmentStatus" for status in value.split(",")]


def find_unseen(running: RunningEmulator, asked: Asked, lag_seconds: float) -> Unseen:
    """Return what routing did in the request's Workspace during the last ``lag_seconds``."""
    workspace = re.match(r"/v1/Workspaces/(WS\w+)", asked.path)
    if workspace is None or lag_seconds <= 0:
        return Unseen()
    since_ms = (time.time() - lag_seconds) * 1000
    return running.call(lambda emulator: _collect(emulator, workspace[1], since_ms))


def _collect(emulator: Emulator, workspace_sid: str, since_ms: float) -> Unseen:
    unseen = Unseen()
    state = emulator.world.workspaces.get(workspace_sid)
    for reservation in () if state is None else state.reservations.values():
        task = state.tasks.get(reservation.task_sid)
        if reservation.date_created > since_ms:
            unseen.reservations.add(reservation.sid)
            if task is not None:
                unseen.statuses[task.sid] = "pending"
                unseen.places[reservation.worker_sid, task.task_channel_sid] += 1
        elif task is not None and task.assignment_status == "assigned" and reservation.date_updated > since_ms:
            unseen.statuses[task.sid] = "reserved"
    return unseen
