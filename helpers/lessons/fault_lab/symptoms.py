"""Symptoms of an application, as the three places show them: events, alerts, and the application's own side."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from helpers.lessons.fault_lab.applications import APPLICATIONS
from helpers.lessons.fault_lab.lab_application import ASSIGNMENT, EVENTS
from helpers.lessons.fault_lab.lab_world import LabWorld, build_world
from helpers.lessons.fault_lab.minute import Minute

__all__ = ["Symptoms", "all_symptoms", "read_symptoms"]

_STATUS = re.compile(r"HTTP status (\d{3})")


class Symptoms(NamedTuple):
    """Symptoms of one minute, each property as one place shows it."""

    events: str
    """End of the offers: "completed", "timeout", or "canceled" again and again."""
    worker: str
    """Activity of Alice at the end."""
    alerts: str
    """Code of the first alert, or "none"."""
    status: str
    """HTTP status that TaskRouter got from the application: of the alert, or "none" if no reply came; else "200"."""
    calls: int
    """Number of assignment callbacks that the application got for one Reservation."""
    reply: str
    """Its reply to them: "accept", "empty", "message" or "nothing"."""
    log: str
    """Its acts afterwards: "refused" if it sent a request that TaskRouter refused, else "nothing"."""
    order: str
    """Order of its events by their time stamps: "as sent" or "mixed up"."""


def read_symptoms(world: LabWorld, minute: Minute) -> Symptoms:
    """Return the symptoms after a minute has been played."""
    calls = minute.app.inbox.select(path=ASSIGNMENT)
    events = {event.event_type for event in world.workspace.events.list(task_sid=minute.task.sid)}
    stamps = [int(str(each.parameters["TimestampMs"])) for each in minute.app.inbox.select(path=EVENTS)]
    return Symptoms(
        events=next(
            name
            for name, kind in (
                ("completed", "task.completed"),
                ("timeout", "reservation.timeout"),
                ("canceled", "reservation.canceled"),
            )
            if kind in events
        ),
        worker=world.workspace.workers(world.sids.alice_sid).fetch().activity_name,
        alerts=next((str(alert.code) for alert in minute.alerts()), "none"),
        status=_read_status(minute),
        calls=max(Counter(str(call.parameters["ReservationSid"]) for call in calls).values(), default=0),
        reply=_read_reply(calls[0].reply) if calls else "nothing",
        log="refused" if any("tried to accept" in line for line in minute.app.shop.log) else "nothing",
        order="as sent" if stamps == sorted(stamps) else "mixed up",
    )


def _read_status(minute: Minute) -> str:
    failures = [alert.text for alert in minute.alerts() if alert.code == 11200]
    if not failures:
        return "200"
    found = _STATUS.search(failures[0])
    return found[1] if found else "none"


def _read_reply(body: bytes) -> str:
    if not body:
        return "empty"
    document = json.loads(body)
    return str(document.get("instruction", "message"))


@cache
def all_symptoms() -> tuple[Symptoms, ...]:
    """Return the symptoms of each application by its number, each measured in a world of its own."""
    found = []
    for number in range(len(APPLICATIONS)):
        world = build_world()
        minute = Minute(world, number)
        minute.play()
        found.append(read_symptoms(world, minute))
        world.emulator.stop()
    return tuple(found)
