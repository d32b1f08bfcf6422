"""Journal of all writes, in order; its row is all that must be stored before a write is answered.

The projection has the current records and the places of events. It is updated for many writes together, and what
it lacks can be read here. Each row has its checksum and that of the row before it, so a changed, lost or swapped
row is detected.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zlib import crc32

import msgspec

from ..engine.model.changes import Alert, Changes
from ..engine.model.resources import Event

__all__ = ["Journal", "JournalPosition", "JournalRow", "UnreadableRow", "Write"]

_EVENTS_IN_A_ROW = 64
"""Most events in a row: to read one of them, the whole row is read."""

_COLUMNS = "number, previous, checksum, body"


class Write(msgspec.Struct, array_like=True):
    """Content of a row.

    ``saved`` has the kind and the JSON of each record, by its number; ``deleted`` has numbers of records; ``meta`` has
    entries that are stored beside them.
    """

    saved: dict[int, tuple[str, msgspec.Raw]]
    deleted: list[int]
    events: list[Event]
    alerts: list[Alert]
    meta: dict[str, str]


class _Events(msgspec.Struct, array_like=True):
    """Content of a row of which only the events are decoded."""

    saved: msgspec.Raw
    deleted: msgspec.Raw
    events: list[Event]


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Write).decode
_decode_events = msgspec.json.Decoder(_Events).decode


class UnreadableRow(Exception):
    """Row that is missing or changed."""


class JournalPosition(NamedTuple):
    """Position in the journal: a row's number and checksum; zeros before the first."""

    number: int = 0
    checksum: int = 0


class JournalRow(NamedTuple):
    """Row as it is stored; ``previous`` is the checksum of the one before it."""

    number: int
    previous: int
    checksum: int
    body: bytes

    @property
    def is_sound(self) -> bool:
        """True if it is as it was written."""
        try:
            return crc32(self.body, self.previous) == self.checksum
        except TypeError:  # a damaged column can have any type
            return False

    @property
    def place(self) -> JournalPosition:
        """Its position."""
        return JournalPosition(self.number, self.checksum)

    def write(self) -> Write:
        """Return its content.

        Raises:
            msgspec.MsgspecError: it can't be read.
        """
        return _decode(self.body)

    def events(self) -> list[Event]:
        """Return its events only.

        Raises:
            msgspec.MsgspecError: they can't be read.
        """
        return _decode_events(self.body).events


class Journal:
    """Append-only journal; ``last`` is the position of its newest row."""

    def __init__(self, connection: sqlite3.Connection, last: JournalPosition) -> None:
        self._db = connection
        self.last = last
        self._kept = last
        self._waiting: list[JournalRow] = []

    def add(self, changes: Changes, meta: Mapping[str, str]) -> list[tuple[int, Write]]:
        """Append the changes of one command, for :meth:`keep`; return the rows' numbers and contents."""
        saved = {each.number: (each.kind, msgspec.Raw(_encode(each))) for each in changes.saved.values()}
        deleted = [each.number for each in changes.deleted.values()]
        writes = [Write(saved, deleted, changes.events[:_EVENTS_IN_A_ROW], changes.alerts, dict(meta))]
        for first in range(_EVENTS_IN_A_ROW, len(changes.events), _EVENTS_IN_A_ROW):
            writes.append(Write({}, [], changes.events[first : first + _EVENTS_IN_A_ROW], [], {}))
        bodies = [_encode(write) for write in writes]
        return [(self.append(body), write) for body, write in zip(bodies, writes, strict=True)]

    def append(self, body: bytes) -> int:
        """Append one row; return its number."""
        number, previous = self.last
        row = JournalRow(number + 1, previous, crc32(body, previous), body)
        self._waiting.append(row)
        self.last = row.place
        return row.number

    @property
    def waiting(self) -> int:
        """Number of rows that are appended and not stored yet."""
        return len(self._waiting)

    def keep(self) -> None:
        """Store the appended rows; a single row is a transaction by itself."""
        self._db.executemany("INSERT INTO writes VALUES (?, ?, ?, ?)", self._waiting)

    def confirm(self) -> None:
        """Confirm the rows, after their transaction has been committed."""
        self._kept, self._waiting = self.last, []

    def discard(self) -> None:
        """Discard the rows that were appended and not confirmed."""
        self.last, self._waiting = self._kept, []

    def row(self, number: int) -> JournalRow:
        """Return one row.

        Raises:
            UnreadableRow: it is missing or damaged.
        """
        try:
            found = self._db.execute(f"SELECT {_COLUMNS} FROM writes WHERE number = ?", (number,)).fetchone()
        except sqlite3.DatabaseError as error:
            raise UnreadableRow from error
        if found is None or not (row := JournalRow(*found)).is_sound:
            raise UnreadableRow
        return row

    def since(self, number: int) -> Iterator[JournalRow]:
        """Return the rows after a number, damaged ones too."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM writes WHERE number > ? ORDER BY number", (number,))
        return (JournalRow(*each) for each in rows)
