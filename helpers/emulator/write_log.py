"""What each write did, in order: one row, and all that a write has to keep before it is answered.

Which records there are now and where an event stands is written down elsewhere, for many writes together; what that has
not reached yet can be told from here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

import msgspec

from helpers.emulator.engine.changes import Alert, Changes
from helpers.emulator.engine.resources import Event

__all__ = ["EVENTS_IN_A_ROW", "Write", "WriteLog", "events_in"]

EVENTS_IN_A_ROW = 64
"""At most: whoever wants one of them reads the whole row."""


class Write(msgspec.Struct, array_like=True):
    """A row.

    ``saved`` has the kind and the JSON of each record, by its number; ``deleted`` has numbers of records; ``meta`` are
    entries that are kept beside them.
    """

    saved: dict[int, tuple[str, msgspec.Raw]]
    deleted: list[int]
    events: list[Event]
    alerts: list[Alert]
    meta: dict[str, str]


class _Events(msgspec.Struct, array_like=True):
    """A row of which only the events are read."""

    saved: msgspec.Raw
    deleted: msgspec.Raw
    events: list[Event]


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Write).decode
_decode_events = msgspec.json.Decoder(_Events).decode


class WriteLog:
    """Rows are only ever added."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, changes: Changes, meta: Mapping[str, str]) -> int:
        """Keep what one command did, and give the number of its last row.

        A single row is a transaction of its own. For more events than ``EVENTS_IN_A_ROW`` one must have begun.
        """
        saved = {each.number: (each.kind, each) for each in changes.saved.values()}
        deleted = [each.number for each in changes.deleted.values()]
        number = self._insert(saved, deleted, changes.events[:EVENTS_IN_A_ROW], changes.alerts, meta)
        for first in range(EVENTS_IN_A_ROW, len(changes.events), EVENTS_IN_A_ROW):
            number = self._insert({}, [], changes.events[first : first + EVENTS_IN_A_ROW], [], {})
        return number

    def last(self) -> int:
        """The number of the newest row; 0 if there is none."""
        return self._db.execute("SELECT max(number) FROM writes").fetchone()[0] or 0

    def since(self, number: int) -> Iterator[tuple[int, Write]]:
        """The rows after one of them, each with its number.

        Raises:
            msgspec.MsgspecError: a row cannot be read.
        """
        rows = self._db.execute("SELECT number, body FROM writes WHERE number > ? ORDER BY number", (number,))
        return ((number, _decode(body)) for number, body in rows)

    def events(self) -> Iterator[Event]:
        """All events, in order."""
        for (body,) in self._db.execute("SELECT body FROM writes ORDER BY number"):
            yield from events_in(body)

    def _insert(self, *parts: object) -> int:
        inserted = self._db.execute("INSERT INTO writes (body) VALUES (?)", (_encode(parts),))
        assert inserted.lastrowid is not None
        return inserted.lastrowid


def events_in(row: bytes) -> list[Event]:
    """The events of one row."""
    return _decode_events(row).events
