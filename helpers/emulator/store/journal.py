"""What each write did, in order: one row, and all that a write has to keep before it is answered.

Which records there are now and where an event stands is written down elsewhere, for many writes together; what that has
not reached yet can be told from here. Each row carries a checksum, and that of the row before it: a row that was
changed, lost or exchanged is noticed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zlib import crc32

import msgspec

from ..engine.model.changes import Alert, Changes
from ..engine.model.resources import Event

__all__ = ["EVENTS_IN_A_ROW", "Journal", "JournalPosition", "JournalRow", "UnreadableRow", "Write"]

EVENTS_IN_A_ROW = 64
"""At most: whoever wants one of them reads the whole row."""

_COLUMNS = "number, previous, checksum, body"


class Write(msgspec.Struct, array_like=True):
    """What a row says.

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


class UnreadableRow(Exception):
    """A row is missing or not as it was written."""


class JournalPosition(NamedTuple):
    """Where the log has come to: a row's number and checksum; zeros before the first."""

    number: int = 0
    checksum: int = 0


class JournalRow(NamedTuple):
    """A row as it is kept; ``previous`` is the checksum of the one before it."""

    number: int
    previous: int
    checksum: int
    body: bytes

    @property
    def is_sound(self) -> bool:
        """Whether it is as it was written."""
        try:
            return crc32(self.body, self.previous) == self.checksum
        except TypeError:  # damage may make anything of a column
            return False

    @property
    def place(self) -> JournalPosition:
        """Its own place."""
        return JournalPosition(self.number, self.checksum)

    def write(self) -> Write:
        """What it says.

        Raises:
            msgspec.MsgspecError: it cannot be read.
        """
        return _decode(self.body)

    def events(self) -> list[Event]:
        """Its events alone.

        Raises:
            msgspec.MsgspecError: they cannot be read.
        """
        return _decode_events(self.body).events


class Journal:
    """Rows are only ever added, after ``last``."""

    def __init__(self, connection: sqlite3.Connection, last: JournalPosition) -> None:
        self._db = connection
        self.last = last
        self._kept = last
        self._waiting: list[JournalRow] = []

    def add(self, changes: Changes, meta: Mapping[str, str]) -> list[tuple[int, Write]]:
        """Note what one command did, for :meth:`keep`; returns the rows' numbers and what they say."""
        saved = {each.number: (each.kind, msgspec.Raw(_encode(each))) for each in changes.saved.values()}
        deleted = [each.number for each in changes.deleted.values()]
        writes = [Write(saved, deleted, changes.events[:EVENTS_IN_A_ROW], changes.alerts, dict(meta))]
        for first in range(EVENTS_IN_A_ROW, len(changes.events), EVENTS_IN_A_ROW):
            writes.append(Write({}, [], changes.events[first : first + EVENTS_IN_A_ROW], [], {}))
        bodies = [_encode(write) for write in writes]
        return [(self.append(body), write) for body, write in zip(bodies, writes, strict=True)]

    def append(self, body: bytes) -> int:
        """Note one row; returns its number."""
        number, previous = self.last
        row = JournalRow(number + 1, previous, crc32(body, previous), body)
        self._waiting.append(row)
        self.last = row.place
        return row.number

    @property
    def waiting(self) -> int:
        """How many rows are noted and not kept."""
        return len(self._waiting)

    def keep(self) -> None:
        """Write what was noted; where it is one row, this is a transaction of its own."""
        self._db.executemany("INSERT INTO writes VALUES (?, ?, ?, ?)", self._waiting)

    def kept(self) -> None:
        """Hear that the transaction has ended well."""
        self._kept, self._waiting = self.last, []

    def take_back(self) -> None:
        """Forget what was noted: it was not kept."""
        self.last, self._waiting = self._kept, []

    def row(self, number: int) -> JournalRow:
        """One row.

        Raises:
            Unreadable: it is missing or damaged.
        """
        try:
            found = self._db.execute(f"SELECT {_COLUMNS} FROM writes WHERE number = ?", (number,)).fetchone()
        except sqlite3.DatabaseError as error:
            raise UnreadableRow from error
        if found is None or not (row := JournalRow(*found)).is_sound:
            raise UnreadableRow
        return row

    def since(self, number: int) -> Iterator[JournalRow]:
        """The rows after one of them, as they stand there."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM writes WHERE number > ? ORDER BY number", (number,))
        return (JournalRow(*each) for each in rows)
