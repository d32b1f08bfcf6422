"""Snapshots: the state of an emulator as one readable JSON document, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import Annotated, Any

import msgspec

from ...api.formatters import event_json
from ...clock import END_OF_TIME, Clock, Millis
from ...emulator import Emulator
from ...engine.model.changes import Changes
from ...engine.model.refusals import Invalid
from ...engine.model.resources import Event, Record
from ...engine.world import World
from ...sids import SeededSids
from ...store.store import KINDS
from .integrity import find_flaw

__all__ = ["Snapshot", "read", "restore", "take", "write"]

_FORMAT = "taskrouter-emulator/1"

_GREATEST_NUMBER = 2**53
_GREATEST_EVENT_NUMBER = 2**31
"""Limit of the numbers of events: half of what the store's index can hold."""


class _ClockState(msgspec.Struct):
    now_ms: Annotated[Millis, msgspec.Meta(ge=0, le=END_OF_TIME)]
    running: bool


class _Document(msgspec.Struct):
    format: str
    clock: _ClockState
    sids: dict[str, int]
    records: dict[str, list[dict[str, Any]]]
    events: list[Event] = []


def take(emulator: Emulator, *, events: bool = False) -> dict[str, Any]:
    """Return a document that :func:`read` reads.

    Records are by kind in order of creation, without fields that have their default. Events, which are most of the
    size, are left out unless ``events`` is true. Credentials and logs are never in it.
    """
    states = list(emulator.world.workspaces.values())
    document = write(
        [record for state in states for record in state.records()],
        [event for state in states for event in emulator.store.events(state.workspace.sid)] if events else None,
        emulator.clock,
    )
    return document | {"sids": emulator.sids.counts if isinstance(emulator.sids, SeededSids) else {}}


def write(records: Iterable[Record], events: Sequence[Event] | None, clock: Clock) -> dict[str, Any]:
    """Return a document of these records, and of events unless that is None."""
    by_kind: dict[str, list[Any]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(_without_defaults(record))
    now = clock.now()
    document: dict[str, Any] = {
        "format": _FORMAT,
        "clock": {
            "now_ms": now,
            "now": datetime.fromtimestamp(now / 1000, UTC).isoformat(timespec="milliseconds"),
            "running": clock.is_running,
        },
        "sids": {},
        "records": by_kind,
    }
    return document if events is None else document | {"events": events}


class Snapshot(msgspec.Struct, frozen=True):
    """Snapshot that was read and checked."""

    clock: _ClockState
    sids: dict[str, int]
    records: list[Record]
    events: list[Event]


def read(document: bytes, account_sids: Sequence[str]) -> Snapshot:
    """Return the snapshot in a document. It can take seconds, and touches no emulator.

    Args:
        account_sids: accounts of the emulator; records of others become the first one's.

    Raises:
        Invalid: it is no snapshot, or its records are not consistent.
    """
    found = _read(document)
    records = _records(found, account_sids)
    _check(records)
    return Snapshot(found.clock, found.sids, records, _sort_events(found.events))


def restore(emulator: Emulator, snapshot: Snapshot, identity: Mapping[str, str], *, can_run: bool) -> None:
    """Replace the state of the emulator by ``snapshot``.

    Args:
        identity: entries of the store's ``meta`` that stay.
        can_run: let the clock run if it ran.

    Raises:
        StoreFailed: it could not be stored; nothing has changed.
    """
    meta = {"clock": str(snapshot.clock.now_ms), "sids": msgspec.json.encode(snapshot.sids).decode()}
    changes = Changes(
        at=snapshot.clock.now_ms,
        saved={record.sid: record for record in snapshot.records},
        events=snapshot.events,
    )
    emulator.store.replace(changes, {**identity, **meta})
    running, step_ms = snapshot.clock.running and can_run, emulator.clock.step_ms
    emulator.clock = Clock(snapshot.clock.now_ms, running=running, step_ms=step_ms)
    emulator.renew()


def _without_defaults(record: Record) -> dict[str, Any]:
    defaults = _defaults(type(record))
    return {name: value for name, value in msgspec.structs.asdict(record).items() if value != defaults[name]}


@cache
def _defaults(kind: type[Record]) -> dict[str, Any]:
    return {field.name: field.default for field in msgspec.structs.fields(kind)}


def _read(document: bytes) -> _Document:
    try:
        snapshot = msgspec.json.decode(document, type=_Document)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"This is not a snapshot of the emulator: {error}") from error
    if snapshot.format != _FORMAT:
        raise Invalid(f"The snapshot's format is {snapshot.format[:80]!r}; this emulator reads {_FORMAT!r}")
    return snapshot


def _records(snapshot: _Document, account_sids: Sequence[str]) -> list[Record]:
    """Return the snapshot's records; those of unknown accounts get our first one, so that they can be seen."""
    unknown = snapshot.records.keys() - {kind.kind for kind in KINDS}
    if unknown:
        raise Invalid(f"The snapshot holds records of an unknown kind: {', '.join(sorted(unknown))}")
    records: list[Record] = []
    for kind in KINDS:
        try:
            found = msgspec.convert(snapshot.records.get(kind.kind, []), list[kind])  # type: ignore[valid-type]
        except msgspec.ValidationError as error:
            raise Invalid(f"A {kind.kind} of the snapshot cannot be read: {error}") from error
        records += sorted(found, key=lambda record: record.number)
    for record in records:
        _check_moments(record)
    everything: list[Record | Event] = [*records, *snapshot.events]
    for each in everything:
        if each.account_sid not in account_sids:
            each.account_sid = account_sids[0]
    return records


def _check_moments(record: Record | Event) -> None:
    """Raise Invalid for dates that could not be written; no other field of a record has such numbers."""
    for name, value in msgspec.structs.asdict(record).items():
        if name != "number" and isinstance(value, int) and abs(value) > END_OF_TIME:
            raise Invalid(f"{name} of {record.sid[:80]} in the snapshot lies beyond the year 8999")


def _check(records: list[Record]) -> None:
    numbers = {record.number for record in records}
    if len(numbers) < len(records) or not all(0 < number <= _GREATEST_NUMBER for number in numbers):
        raise Invalid(f"Each record of the snapshot needs a number of its own, from 1 to {_GREATEST_NUMBER}")
    try:
        flaws = [find_flaw(state) for state in World(records).workspaces.values()]
    except Exception as error:
        raise Invalid(f"The records of the snapshot do not fit together: {error!r}") from error
    for flaw in filter(None, flaws):
        raise Invalid(f"The records of the snapshot do not fit together: {flaw}")


def _sort_events(events: list[Event]) -> list[Event]:
    """Return the events in order; documents have them Workspace by Workspace."""
    events = sorted(events, key=lambda event: event.number)
    if any(event.number <= 0 or event.number > _GREATEST_EVENT_NUMBER for event in events[:1] + events[-1:]):
        raise Invalid(f"Each event of the snapshot needs a number from 1 to {_GREATEST_EVENT_NUMBER}")
    for before, event in pairwise(events):
        if event.number == before.number or event.event_date_ms < before.event_date_ms:
            raise Invalid(f"Event {event.sid[:80]} of the snapshot does not come after Event {before.sid[:80]}")
    for event in events:
        _check_moments(event)
        try:
            event_json.event(event)
        except Exception as error:
            raise Invalid(f"Event {event.sid[:80]} of the snapshot cannot be read: {error!r}") from error
    return events
