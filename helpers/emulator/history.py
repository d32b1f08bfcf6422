"""History of an emulator: each command with what it did, to rebuild any moment and to run the rest again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from .clock import Millis
from .engine.model.changes import Changes
from .engine.model.resources import Record
from .engine.transaction import Command

__all__ = ["KEPT", "Counters", "History", "HistoryEntry", "Moment", "saved_bodies"]

KEPT = 10_000
"""Number of commands kept at least: far more than a lesson has, in some 25 megabytes."""

_encode = msgspec.json.Encoder().encode

_Bodies = dict[str, tuple[str, bytes]]
"""SID → kind of a record, and the record as JSON."""


class Counters(NamedTuple):
    """Counts of an emulator: its records, its events and, by prefix, its SIDs."""

    record_number: int
    event_number: int
    sids: dict[str, int]


class HistoryEntry(NamedTuple):
    """Command of the engine with its changes, or the message with which it was ``refused``.

    A timer that fired is a command, too.
    """

    at: Millis
    account_sid: str
    workspace_sid: str | None
    command: Command[Any]
    refused: str | None
    saved: _Bodies
    deleted: tuple[str, ...]
    alerts: tuple[str, ...]
    after: Counters


class Moment(NamedTuple):
    """Everything in an emulator right after the first ``position`` commands of its history."""

    position: int
    at: Millis
    bodies: _Bodies
    counters: Counters


class History:
    """Latest commands, at least ``kept`` of them; of the earlier ones only the records they left are known.

    Positions count commands since ``begin``.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self.kept = kept
        self.generation = 0
        """Number of times that it began: positions of different generations can't be compared."""
        self._start = Moment(0, 0, {}, Counters(0, 0, {}))
        self._entries: list[HistoryEntry] = []

    @property
    def start(self) -> int:
        """First position that can be rebuilt."""
        return self._start.position

    @property
    def end(self) -> int:
        """Present position."""
        return self.start + len(self._entries)

    def begin(self, records: Iterable[Record], at: Millis, counters: Counters) -> None:
        """Drop all commands, and start again with ``records``."""
        self.generation += 1
        self._start = Moment(0, at, {record.sid: _body(record) for record in records}, counters)
        self._entries = []

    def add(self, entry: HistoryEntry) -> None:
        """Add a command, and drop the oldest, a tenth of all at a time."""
        self._entries.append(entry)
        if len(self._entries) > self.kept * 11 // 10:
            self._start = self.moment(self.end - self.kept)
            del self._entries[: -self.kept]

    def entries(self, position: int) -> list[HistoryEntry]:
        """Return the commands since ``position``, oldest first."""
        return self._entries[position - self.start :]

    def position_after(self, event_number: int) -> int:
        """Return the position right after the command that caused an event; ``start`` if that is not remembered."""
        if event_number <= self._start.counters.event_number:
            return self.start
        return self.start + 1 + bisect_left(self._entries, event_number, key=lambda entry: entry.after.event_number)

    def moment(self, position: int) -> Moment:
        """Return everything as it was at ``position``, which lies from ``start`` to ``end``."""
        bodies, entries = dict(self._start.bodies), self._entries[: position - self.start]
        for entry in entries:
            bodies.update(entry.saved)
            for sid in entry.deleted:
                bodies.pop(sid, None)
        last = entries[-1] if entries else None
        at, counters = (self._start.at, self._start.counters) if last is None else (last.at, last.after)
        return Moment(position, at, bodies, counters)


def saved_bodies(changes: Changes) -> _Bodies:
    """Return the records that ``changes`` saves."""
    return {record.sid: _body(record) for record in changes.saved.values()}


def _body(record: Record) -> tuple[str, bytes]:
    return record.kind, _encode(record)
