"""Contrast of two faults: the first symptom in which they differ, in a sentence."""

from __future__ import annotations

from typing import NamedTuple

from helpers.lessons.fault_lab.applications import APPLICATIONS
from helpers.lessons.fault_lab.symptoms import Symptoms, all_symptoms

__all__ = ["CAUSES", "NAMES", "Contrast", "contrast", "judge", "read_cause", "say"]

CAUSES = tuple(each.cause for each in APPLICATIONS[1:])
"""Words of the exercise, in the order of the applications."""

NAMES = {
    "": "yesterday's version",
    "empty reply": "an empty reply",
    "no instruction": "a reply without an instruction",
    "server error": "a server error",
    "slow reply": "a slow reply",
    "stale URL": "a stale URL",
    "wrong signature": "a wrong signature",
    "duplicate": "a duplicate",
    "reordered events": "reordered events",
    "late accept": "a late accept",
}
"""Names in a sentence."""

_SAID: dict[str, dict[object, str]] = {
    "calls": {
        0: "the application isn't called at all",
        1: "the application is called once for each Reservation",
        2: "the application is called twice for the same Reservation",
    },
    "status": {
        "200": "TaskRouter gets the status 200",
        "403": "TaskRouter gets the status 403",
        "500": "TaskRouter gets the status 500",
        "none": "TaskRouter gets no status, because no reply comes in time",
    },
    "alerts": {
        "none": "there is no alert",
        "40005": "there is an alert with code 40005",
        "11200": "there are alerts with code 11200",
    },
    "reply": {
        "accept": "the application replies with an instruction",
        "empty": "the body of the reply is empty",
        "message": "the reply has a body, but no instruction in it",
        "nothing": "there is no reply",
    },
    "log": {
        "refused": "the log has a request to accept that came too late",
        "nothing": "the log has no request to accept",
    },
    "order": {
        "as sent": "the events arrive in the order of their time stamps",
        "mixed up": "an event arrives after a later one",
    },
}
"""Symptoms in words, by property and value. Any two applications differ in one of these, and the first is named."""

_PLACES = {
    "calls": 'Count the callbacks in `lab.inbox.select(path="/assignment_callback")`.',
    "status": "An alert with code 11200 says what came back, and without such an alert it was 200.",
    "alerts": "Read the codes of the alerts.",
    "reply": "Read what the application replied: `lab.inbox` has it.",
    "log": "Read `lab.log` to the end.",
    "order": 'Compare the `TimestampMs` of the events in `lab.inbox.select(path="/events")`.',
}
"""Next step, by property."""


class Contrast(NamedTuple):
    """First symptom in which two faults differ."""

    property: str
    expected: str
    """Symptom of the one, in words."""
    seen: str
    """Symptom of the other."""


def say(name: str, symptoms: Symptoms) -> str:
    """Return in words what a property of the symptoms shows."""
    return _SAID[name][value_of(name, symptoms)]


def value_of(name: str, symptoms: Symptoms) -> object:
    """Return the value of a property of the symptoms; the board flickers if offers are canceled again and again."""
    if name == "board":
        return "flickers" if symptoms.events == "canceled" else "quiet"
    return getattr(symptoms, name)


def contrast(claimed: int, number: int) -> Contrast:
    """Return the first symptom in which the application ``claimed`` differs from the one with this ``number``."""
    expected, seen = all_symptoms()[claimed], all_symptoms()[number]
    name = next(each for each in _SAID if value_of(each, expected) != value_of(each, seen))
    return Contrast(name, say(name, expected), say(name, seen))


def read_cause(words: object) -> str:
    """Return the cause that these words name, in any case and spacing; an empty text if it is none of the nine."""
    if not isinstance(words, str):
        return ""
    plain = " ".join(words.lower().replace("-", " ").replace("_", " ").split())
    return next((cause for cause in CAUSES if cause.lower() == plain), "")


def judge(number: int, cause: str) -> str:
    """Return an empty text if the application with this ``number`` has this fault, else what contradicts it."""
    if not cause:
        return f"That isn't one of the nine faults. They are {', '.join(sorted(CAUSES, key=str.lower))}."
    if cause == APPLICATIONS[number].cause:
        return ""
    found = contrast(CAUSES.index(cause) + 1, number)
    return (
        f"Version {number} doesn't have {NAMES[cause]}: with {NAMES[cause]}, {found.expected}. "
        f"Here {found.seen}. {_PLACES[found.property]}"
    )
