"""How things stand after the writes: the records there are, where each event is found, and the alerts.

All of it can be told from the log of writes. It is brought up to date for many writes at a time: each of them alone
would touch half a dozen pages of the file, here and there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from zlib import crc32

import msgspec

from helpers.emulator.clock import Millis
from helpers.emulator.engine.changes import Alert
from helpers.emulator.engine.resources import Event
from helpers.emulator.event_query import EventQuery, fingerprint, keys
from helpers.emulator.write_log import Row

__all__ = ["Digest", "checksum"]

_TABLES = ("resources", "meta", "events", "event_index", "alerts")
_SAVE = "INSERT OR REPLACE INTO resources VALUES (?, ?, ?, ?)"
_SAVE_META = "INSERT OR REPLACE INTO meta VALUES (?, ?, ?)"
_ADD_ALERT = "INSERT INTO alerts (workspace_sid, body) VALUES (?, ?)"
_KEEP_ALERTS = "DELETE FROM alerts WHERE number <= (SELECT max(number) FROM alerts) - 10000"
_ADD_EVENT = "INSERT INTO events VALUES (?, ?, ?, ?)"
_ADD_ENTRY = "INSERT INTO event_index VALUES (?, ?, ?)"

_PRIME = 2**31 - 1
"""Makes a small number of each row: their sum changes with any of them, and SQLite tells it in no time."""
_PLACE_SUM = f"SELECT coalesce(sum((number + 3 * event_type + 5 * event_date_ms + 7 * row) % {_PRIME}), 0) FROM events"
_ENTRY_SUM = f"SELECT coalesce(sum((key + 3 * event_date_ms + 5 * number) % {_PRIME}), 0) FROM event_index"

_encode = msgspec.json.Encoder().encode


class Digest:
    """Whoever changes it has begun a transaction, and ends it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def row(self) -> int:
        """The last row of the log that it knows of."""
        number: int = self._db.execute("SELECT row FROM taken_in").fetchone()[0]
        return number

    def forget(self, last: int) -> None:
        """Know nothing, as before the row that follows ``last``: with it everything begins."""
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")
        self._note(last, last + 1, 0, 0)

    def take_in(self, rows: Iterable[Row]) -> None:
        """Take in the rows that follow, one at least.

        Raises:
            msgspec.MsgspecError: one cannot be read.
        """
        saved, deleted, meta = dict[int, tuple[str, msgspec.Raw]](), list[int](), dict[str, str]()
        events, alerts, last = list[tuple[int, Event]](), list[Alert](), 0
        for row in rows:
            last, write = row.number, row.write()
            saved |= write.saved
            deleted += write.deleted
            meta |= write.meta
            alerts += write.alerts
            events += ((last, event) for event in write.events)
        many = self._db.executemany
        many(_SAVE, [(number, kind, body, checksum(number, kind, body)) for number, (kind, body) in saved.items()])
        many("DELETE FROM resources WHERE number = ?", [(number,) for number in deleted])
        many(_SAVE_META, [(key, value, checksum(0, key, value.encode())) for key, value in meta.items()])
        many(_ADD_ALERT, [(alert.workspace_sid, _encode(alert)) for alert in alerts])
        self._db.execute(_KEEP_ALERTS)
        places = [(event.number, fingerprint(event.event_type), event.event_date_ms, row) for row, event in events]
        entries = sorted((key, event.event_date_ms, event.number) for _, event in events for key in keys(event))
        many(_ADD_EVENT, places)
        many(_ADD_ENTRY, entries)
        first, place_sum, entry_sum = self._db.execute("SELECT first, place_sum, entry_sum FROM taken_in").fetchone()
        place_sum += sum((number + 3 * kind + 5 * at + 7 * row) % _PRIME for number, kind, at, row in places)
        entry_sum += sum((key + 3 * at + 5 * number) % _PRIME for key, at, number in entries)
        self._note(last, first, place_sum, entry_sum)

    def bodies(self) -> dict[int, tuple[str, bytes]]:
        """Each record's kind and JSON, by its number.

        Raises:
            ValueError: one is not as it was written.
        """
        found = {}
        for number, kind, body, known in self._db.execute("SELECT * FROM resources"):
            _compare(known, number, kind, body)
            found[number] = kind, body
        return found

    def meta(self) -> dict[str, str]:
        """The entries kept beside the records.

        Raises:
            ValueError: one is not as it was written.
        """
        found = {}
        for key, value, known in self._db.execute("SELECT * FROM meta"):
            _compare(known, 0, key, value.encode())
            found[key] = value
        return found

    def last_event(self) -> tuple[int, Millis]:
        """Number and time of the newest event; zeros if there is none."""
        newest = "SELECT number, event_date_ms FROM events ORDER BY number DESC LIMIT 1"
        return self._db.execute(newest).fetchone() or (0, 0)

    def check(self) -> None:
        """Look whether everything is as it was written down.

        Raises:
            ValueError: something is not.
        """
        *noted, known = self._db.execute("SELECT * FROM taken_in").fetchone()
        if known != checksum(0, repr(tuple(noted)), b""):
            raise ValueError("what is known of the writes is not as it was written")
        sums = [self._db.execute(sql).fetchone()[0] for sql in (_PLACE_SUM, _ENTRY_SUM)]
        if sums != noted[2:]:
            raise ValueError("where the events are found is not as it was written")
        self.bodies()
        self.meta()

    def search(self, query: EventQuery, events_of: Callable[[int], list[Event]]) -> Iterator[Event]:
        """The events that fit, in order, read as far as they are asked for.

        Args:
            events_of: reads a row of the log; what it leaves out is left out.
        """
        for row, found in groupby(self._db.execute(*query.sql()), key=lambda entry: entry[1]):
            here = {event.number: event for event in events_of(row)}
            for number, _ in found:
                if number in here and query.fits(here[number]):
                    yield here[number]

    def _note(self, *noted: int) -> None:
        row, first, place_sum, entry_sum = noted
        self._db.execute(
            "UPDATE taken_in SET row = ?, first = ?, place_sum = ?, entry_sum = ?, checksum = ?",
            (row, first, place_sum, entry_sum, checksum(0, repr(noted), b"")),
        )


def checksum(number: int, name: str, body: bytes | msgspec.Raw) -> int:
    """What a row of records or of entries beside them carries; an entry has no number, which is 0."""
    return crc32(body, crc32(name.encode(), number & 0xFFFFFFFF))


def _compare(known: int, number: int, name: str, body: bytes) -> None:
    if checksum(number, name, body) != known:
        raise ValueError(f"{name} {number or ''}".strip() + " is not as it was written")
