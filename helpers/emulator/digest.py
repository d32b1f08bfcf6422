"""How things stand after the writes: the records there are, where each event is found, and the alerts.

All of it can be told from the log of writes. It is brought up to date for many writes at a time: each of them alone
would touch half a dozen pages of the file, here and there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from helpers.emulator.clock import Millis
from helpers.emulator.engine.changes import Alert
from helpers.emulator.engine.resources import Event
from helpers.emulator.event_query import EventQuery, keys
from helpers.emulator.write_log import Write, events_in

__all__ = ["TABLES", "Digest"]

TABLES = ("resources", "meta", "events", "event_index", "alerts")
"""Where it is written down."""

_SAVE = "INSERT INTO resources VALUES (?, ?, ?) ON CONFLICT (number) DO UPDATE SET body = excluded.body"
_SAVE_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
_ADD_ALERT = "INSERT INTO alerts (workspace_sid, body) VALUES (?, ?)"
_KEEP_ALERTS = "DELETE FROM alerts WHERE number <= (SELECT max(number) FROM alerts) - 10000"
_ADD_EVENT = "INSERT INTO events VALUES (?, ?, ?, ?)"
_ADD_KEY = "INSERT INTO event_index VALUES (?, ?, ?)"

_encode = msgspec.json.Encoder().encode


class Digest:
    """Whoever changes it has begun a transaction, and ends it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def row(self) -> int:
        """The last row of the log that it knows of."""
        number: int = self._db.execute("SELECT row FROM taken_in").fetchone()[0]
        return number

    def take_in(self, rows: Iterable[tuple[int, Write]]) -> None:
        """Take in the rows that follow, one at least, each with its number."""
        saved, deleted, meta = dict[int, tuple[str, msgspec.Raw]](), list[int](), dict[str, str]()
        events, alerts, last = list[tuple[int, Event]](), list[Alert](), 0
        for last, write in rows:
            saved |= write.saved
            deleted += write.deleted
            meta |= write.meta
            alerts += write.alerts
            events += ((last, event) for event in write.events)
        many = self._db.executemany
        many(_SAVE, [(number, *kind_and_body) for number, kind_and_body in saved.items()])
        many("DELETE FROM resources WHERE number = ?", [(number,) for number in deleted])
        many(_SAVE_META, meta.items())
        many(_ADD_ALERT, [(alert.workspace_sid, _encode(alert)) for alert in alerts])
        self._db.execute(_KEEP_ALERTS)
        many(_ADD_EVENT, [(event.number, event.event_type, event.event_date_ms, row) for row, event in events])
        many(_ADD_KEY, sorted((key, event.event_date_ms, event.number) for _, event in events for key in keys(event)))
        self._db.execute("UPDATE taken_in SET row = ?", (last,))

    def bodies(self) -> dict[int, tuple[str, bytes]]:
        """Each record's kind and JSON, by its number."""
        rows = self._db.execute("SELECT number, kind, body FROM resources")
        return {number: (kind, body) for number, kind, body in rows}

    def meta(self) -> dict[str, str]:
        """The entries kept beside the records."""
        return dict(self._db.execute("SELECT key, value FROM meta"))

    def last_event(self) -> tuple[int, Millis]:
        """Number and time of the newest event; zeros if there is none."""
        newest = "SELECT number, event_date_ms FROM events ORDER BY number DESC LIMIT 1"
        return self._db.execute(newest).fetchone() or (0, 0)

    def search(self, query: EventQuery) -> Iterator[Event]:
        """The events that fit, in order, read as far as they are asked for."""
        read, here = 0, dict[int, Event]()
        for number, row, body in self._db.execute(*query.sql()):
            if row != read:
                read, here = row, {event.number: event for event in events_in(body)}
            if query.fits(here[number]):
                yield here[number]
