"""Shop of a check's own, and the events that tell what happened to its customers (exercises 11.2 and 11.3)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from typing import Any

from helpers.emulator.engine.event_data import camel
from helpers.lessons.checks.subjects.own_world import OwnWorld

__all__ = ["EventParameters", "OwnShop", "disturb", "events_of", "read_event"]

EventParameters = dict[str, str]
"""Parameters of an event callback by name."""

_ROOM = 50
"""Tasks that Alice can hold at once, so that nobody waits for another customer's sake."""


class OwnShop:
    """Shop to which customers write, where Alice is Idle and no change takes time."""

    def __init__(self) -> None:
        self._own = OwnWorld.build()
        self._own.emulator.set_step(0)
        self._alice = self._own.workspace.workers(self._own.sids.alice_sid)
        self._alice.worker_channels("default").update(capacity=_ROOM)
        self.set_alice("Idle")

    def set_alice(self, activity: str) -> None:
        """Set Alice's Activity."""
        self._own.set_activity(self._own.sids.alice_sid, activity)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._own.advance(seconds)

    def write(self, order: int, language: str = "es") -> str:
        """Create the Task of a customer, and return its SID."""
        attributes = json.dumps({"selected_language": language, "order": order})
        task = self._own.workspace.tasks.create(attributes=attributes, workflow_sid=self._own.sids.workflow_sid)
        return str(task.sid)

    def answer(self, task_sid: str, status: str, **more: Any) -> None:
        """Answer the pending Reservation of a Task: "accepted" or "rejected"."""
        [offer] = self._own.workspace.tasks(task_sid).reservations.list(reservation_status="pending")
        offer.update(reservation_status=status, **more)

    def reject(self, task_sid: str) -> None:
        """Reject the pending Reservation of a Task; Alice is Offline then."""
        self.answer(task_sid, "rejected", worker_activity_sid=self._own.sids.activity_sids["Offline"])

    def end(self, task_sid: str, status: str) -> None:
        """Set the Task's status: "wrapping", "completed" or "canceled"."""
        self._own.workspace.tasks(task_sid).update(assignment_status=status)

    def touch(self, task_sid: str) -> None:
        """Change the Task's priority, which makes a new version of it."""
        task = self._own.workspace.tasks(task_sid).fetch()
        task.update(priority=task.priority + 1)

    def delete(self, task_sid: str) -> None:
        """Delete the Task."""
        self._own.workspace.tasks(task_sid).delete()

    def list_events(self) -> list[EventParameters]:
        """Return what the event callbacks of the last hour carried, in the order of the events."""
        return [read_event(event) for event in self._own.workspace.events.list(minutes=60)]

    def split_waits(self, *seconds: int) -> dict[str, dict[str, dict[str, int]]]:
        """Return TaskRouter's own count of waits up to these thresholds, and above."""
        workflow = self._own.workspace.workflows(self._own.sids.workflow_sid)
        thresholds = ",".join(map(str, seconds))
        split: dict[str, dict[str, dict[str, int]]]
        split = workflow.cumulative_statistics().fetch(minutes=60, split_by_wait_time=thresholds).split_by_wait_time
        return split


def events_of(events: Iterable[EventParameters], task_sid: str) -> list[EventParameters]:
    """Return the events of one Task."""
    return [event for event in events if event.get("TaskSid") == task_sid]


def disturb(events: Iterable[EventParameters], seed: int) -> list[EventParameters]:
    """Return the events in an order that the seed decides, every third of them twice."""
    disturbed = list(events)
    disturbed += disturbed[seed % 3 :: 3]
    random.Random(seed).shuffle(disturbed)
    return disturbed


def read_event(event: Any) -> EventParameters:
    """Return an event of the SDK as its callback carries it."""
    at_ms = int(event.event_date_ms)
    return {
        "Sid": event.sid,
        "EventType": event.event_type,
        "AccountSid": event.account_sid,
        "EventDescription": event.description,
        "ResourceType": event.resource_type,
        "ResourceSid": event.resource_sid,
        "Timestamp": str(at_ms // 1000),
        "TimestampMs": str(at_ms),
        **{camel(name): value for name, value in event.event_data.items()},
    }
