"""Messages to the portal's views: the whole state of a Workspace, and changes of it."""

from __future__ import annotations

from typing import Any

__all__ = ["KEPT", "Message", "difference", "merge"]

Message = dict[str, Any]
"""Plain JSON values; ``type`` is "state" or "change". A change has only what is new, and the SIDs that are gone."""

KEPT = 200
"""Number of events and of requests in a state."""

_LISTS = ("events", "requests")


def merge(state: Message, message: Message) -> None:
    """Bring ``state`` up to date in place; ``message`` and what it holds stay as they are."""
    if message["type"] == "state":
        state.clear()
        records = {kind: dict(each) for kind, each in message["records"].items()}
        state.update({**message, "records": records})
        return
    for kind, news in message.get("records", {}).items():
        state["records"].setdefault(kind, {}).update(news)
    for kind, sids in message.get("gone", {}).items():
        for sid in sids:
            state["records"][kind].pop(sid, None)
    for name in _LISTS:
        if message.get(name):
            by_number = {each["number"]: each for each in (*state[name], *message[name])}
            state[name] = [by_number[number] for number in sorted(by_number)][-KEPT:]
    state.update({name: value for name, value in message.items() if name not in ("type", "records", "gone", *_LISTS)})


def difference(before: Message, after: Message) -> Message:
    """Return the change that leads from one whole state to another; it has a ``type`` alone if they are equal."""
    change: Message = {"type": "change"}
    for name in after.keys() - {"type", "records", *_LISTS}:
        if before.get(name) != after[name]:
            change[name] = after[name]
    known = before["records"]
    news = {kind: _new_of(known.get(kind, {}), records) for kind, records in after["records"].items()}
    gone = {kind: [sid for sid in known[kind] if sid not in after["records"].get(kind, {})] for kind in known}
    for name, found in (("records", news), ("gone", gone)):
        if kept := {kind: each for kind, each in found.items() if each}:
            change[name] = kept
    for name in _LISTS:
        by_number = {each["number"]: each for each in before[name]}
        if new := [each for each in after[name] if by_number.get(each["number"]) != each]:
            change[name] = new
    return change


def _new_of(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {sid: record for sid, record in after.items() if before.get(sid) != record}
