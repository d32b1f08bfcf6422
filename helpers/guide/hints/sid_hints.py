"""Advice on SIDs: a name instead of one, one of another kind, one that no resource has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.emulator.display.value_kinds import with_article
from helpers.guide.hints.twilio_error import Refusal
from helpers.wire import Exchange

__all__ = ["another_kind_in_path", "not_a_sid", "not_found", "unknown_sid"]

KINDS = {
    "WS": "Workspace",
    "WA": "Activity",
    "WK": "Worker",
    "WQ": "TaskQueue",
    "WW": "Workflow",
    "WT": "Task",
    "WR": "Reservation",
    "TC": "TaskChannel",
    "WC": "WorkerChannel",
    "EV": "Event",
}
_PLURALS = {
    "WS": "client.taskrouter.v1.workspaces",
    "WA": "workspace.activities",
    "WK": "workspace.workers",
    "WQ": "workspace.task_queues",
    "WW": "workspace.workflows",
    "WT": "workspace.tasks",
    "WR": "task.reservations",
    "TC": "workspace.task_channels",
    "WC": "worker.worker_channels",
    "EV": "workspace.events",
}
_PREFIX_OF = {
    "ActivitySid": "WA",
    "DefaultActivitySid": "WA",
    "TimeoutActivitySid": "WA",
    "ReservationActivitySid": "WA",
    "AssignmentActivitySid": "WA",
    "WorkerActivitySid": "WA",
    "WorkerSid": "WK",
    "TaskQueueSid": "WQ",
    "WorkflowSid": "WW",
    "TaskSid": "WT",
    "ReservationSid": "WR",
}
"""Kind of SID that each parameter takes."""

_PREFIX_IN_PATH = {
    "Workspaces": "WS",
    "Activities": "WA",
    "Workers": "WK",
    "TaskQueues": "WQ",
    "Workflows": "WW",
    "Tasks": "WT",
    "Reservations": "WR",
    "Events": "EV",
}
"""Kind of SID that follows each word in a URL. Channels are left out: their unique names are valid too."""

_SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}")
_WHOLE = re.compile(r"[A-Za-z]\w*\(\w+=")
"""Representation of a helpers' object, such as ``Story(workspace_sid=…)``."""
_OBJECT = re.compile(r"<Twilio\.Taskrouter\.V1\.(\w+?)(?:Instance|Context|List)\b")


def not_a_sid(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on a name, an object or a SID of another kind in a parameter that takes a SID."""
    given = exchange.parameters if exchange and refused.status == 400 else ()
    for name, value in given:
        prefix = _PREFIX_OF.get(name)
        if prefix is None or (value.startswith(prefix) and _SID.fullmatch(value)):
            continue
        wanted = f"`{_snake(name)}` expects the SID of {with_article(KINDS[prefix])} ({prefix} and 32 hex digits)"
        if _SID.fullmatch(value) and value[:2] in KINDS:
            return f"{wanted}, but {value[:6]}… is the SID of {with_article(KINDS[value[:2]])}."
        if [each for each, _ in given].count(name) > 1:
            spread = "the SDK sends each key of a dict, and each item of a list"
            return f"{wanted}, but you passed several values: {spread}. Pass one SID."
        if _WHOLE.match(value):
            return f"{wanted}, but you passed a whole object: {value[:20]}…. Pass the one SID in it."
        if found := _OBJECT.match(value):
            return f"{wanted}, but you passed a whole SDK object. Pass its SID: {_example(found[1])}."
        if not value:
            return f"{wanted}, but you passed an empty string."
        return f"{wanted}, but {value!r} is a name. Look up its SID: `{_look_up(prefix, value)}`."
    return None


def unknown_sid(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on a well-formed SID that no resource has."""
    for name, value in exchange.parameters if exchange and refused.status == 400 else ():
        if name in _PREFIX_OF and _SID.fullmatch(value) and value in refused.message:
            return _gone(_PREFIX_OF[name])
    return None


def another_kind_in_path(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on a SID of the wrong kind in the URL, such as a Reservation's after ``/Tasks/``."""
    for collection, value in _named(refused, exchange):
        prefix = _PREFIX_IN_PATH.get(collection, value[:2])
        if not _SID.fullmatch(value) or prefix == value[:2] or value[:2] not in KINDS:
            continue
        wanted = KINDS[prefix]
        hint = " `reservation.task_sid` is the SID of its Task." if (value[:2], prefix) == ("WR", "WT") else ""
        return (
            f"{value[:6]}… is the SID of {with_article(KINDS[value[:2]])}, but here TaskRouter expects the SID of "
            f"{with_article(wanted)} ({prefix} and 32 hex digits).{hint}"
        )
    return None


def not_found(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on a URL that leads to no resource."""
    if refused.status != 404:
        return None
    named = list(_named(refused, exchange))
    known = exchange.hint if exchange else ""
    if other := re.search(r"is a Reservation of (Task|Worker) ", known):
        return (
            f"This Reservation belongs to a different {other[1]}. `reservation.{other[1].lower()}_sid` is that "
            f"{other[1]}'s SID."
        )
    missing = next((value for _, value in named if _SID.fullmatch(value) and value in known), "")
    for collection, value in named:
        # An object's text holds SIDs, so the resource that `known` seems to miss can be one that exists.
        if _OBJECT.match(value) or not (missing or _SID.fullmatch(value)):
            return _no_sid(collection, value)
    kind = (missing or named[-1][1])[:2] if named else ""
    return _gone(kind) if kind in KINDS else None


def _no_sid(collection: str, value: str) -> str:
    """Return advice on a value that isn't a SID in the place of one."""
    if found := _OBJECT.match(value):
        return f"You passed a whole SDK object instead of a SID. Pass its SID: {_example(found[1])}."
    if _WHOLE.match(value):
        return f"You passed a whole object instead of a SID: {value[:20]}…. Pass the one SID in it."
    if collection.endswith("Channels"):
        return _no_channel(value)
    if not value:
        return "You passed an empty string instead of a SID. Look at where it comes from."
    if value in ("None", "Ellipsis"):
        return f"You passed {value} instead of a SID. Run the cell that sets this variable first."
    prefix = _PREFIX_IN_PATH.get(collection)
    look_up = f" Look up the SID: `{_look_up(prefix, value)}`." if prefix in _NAMED else ""
    return (
        f"{value!r} isn't a SID. A SID has two letters and 32 hex digits. Pass `worker.sid` or `task.sid`, for "
        f"example.{look_up}"
    )


_NAMED = ("WS", "WA", "WK", "WQ", "WW")
"""Kinds with a friendly name that lists can be searched for."""


def _named(refused: Refusal, exchange: Exchange | None) -> Iterator[tuple[str, str]]:
    """Return pairs of collection and identifier in the refused URL, from left to right."""
    path = exchange.path if exchange and exchange.status == 404 else refused.path
    parts = path.partition("/Workspaces/")
    words = ["Workspaces", *parts[2].split("/")] if refused.status == 404 and parts[2] else []
    return zip(words[::2], words[1::2], strict=False)


def _no_channel(name: str) -> str:
    return (
        f"There's no channel called {name!r}, or the resource it belongs to no longer exists. "
        "`workspace.task_channels.list()` lists the TaskChannels. After a clean-up, run the set-up cells again."
    )


def _gone(prefix: str) -> str:
    kind = KINDS[prefix]
    ended = " TaskRouter removes a Task five minutes after it's completed or canceled." if prefix == "WT" else ""
    return (
        f"There's no {kind} with this SID.{ended} It may be from an earlier run: run the set-up cells again, or list "
        f"what exists with `{_PLURALS[prefix]}.list()`."
    )


def _example(noun: str) -> str:
    return f"`{_snake(noun)}.sid`"


def _look_up(prefix: str | None, name: str) -> str:
    return f"next(x.sid for x in {_PLURALS[prefix or 'WS']}.list() if x.friendly_name == {name!r})"


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
