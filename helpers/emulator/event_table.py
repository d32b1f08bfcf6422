"""The events of a store: one table that holds them, and one index to seek them by.

The index has an entry for each SID by which an event can be sought. Entries are made for many events at a time, when
somebody asks or a few hundred wait: as part of every write they would take longer than the write itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from helpers.emulator.clock import Millis
from helpers.emulator.engine.resources import Event
from helpers.emulator.event_query import KEYS, EventQuery

__all__ = ["EventTable"]

_AT_ONCE = 256
"""Events entered together: a few milliseconds' work."""

_ADD = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LAST = "SELECT number, event_date_ms FROM events ORDER BY number DESC LIMIT 1"
_LAST_INDEXED = """
SELECT number FROM events WHERE EXISTS (SELECT 1 FROM event_index WHERE key = events.sid) ORDER BY number DESC LIMIT 1
"""
"""From the newest event back to the first that is entered; no further."""

_INDEX = "INSERT INTO event_index " + " UNION ALL ".join(
    f"SELECT {key}, event_date_ms, number FROM events WHERE number > :after AND {key} IS NOT NULL" for key in KEYS
)

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Event).decode


class EventTable:
    """Whoever calls :meth:`add` or :meth:`clear` has begun a transaction, and ends it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._waiting = 1  # who knows what the last process left

    @property
    def is_behind(self) -> bool:
        """Whether events wait for their entries: nothing can be sought before."""
        return self._waiting > 0

    @property
    def is_far_behind(self) -> bool:
        """Whether so many wait that they should be entered now."""
        return self._waiting >= _AT_ONCE

    def add(self, events: Sequence[Event]) -> None:
        """Keep events; their numbers follow those that are there."""
        self._db.executemany(_ADD, map(_row, events))
        self._waiting += len(events)

    def index(self) -> None:
        """Make the entries of all events that have none, in a transaction of its own."""
        found = self._db.execute(_LAST_INDEXED).fetchone()
        self._db.execute(_INDEX, {"after": 0 if found is None else found[0]})
        self._waiting = 0

    def clear(self) -> None:
        """Forget all events."""
        self._db.execute("DELETE FROM events")
        self._db.execute("DELETE FROM event_index")

    def last(self) -> tuple[int, Millis]:
        """Number and time of the newest event; zeros if there is none."""
        return self._db.execute(_LAST).fetchone() or (0, 0)

    def until(self, number: int) -> list[Event]:
        """The first events up to ``number``, in order."""
        rows = self._db.execute("SELECT body FROM events WHERE number <= ? ORDER BY number", (number,))
        return [_decode(body) for (body,) in rows]

    def search(self, query: EventQuery) -> Iterator[Event]:
        """The events that fit, in order, read as far as they are asked for."""
        rows: Iterable[tuple[bytes]] = self._db.execute(*query.sql())
        return (event for (body,) in rows if query.fits(event := _decode(body)))


def _row(event: Event) -> tuple[object, ...]:
    said = event.data.get
    return (
        event.number,
        event.sid,
        event.workspace_sid,
        event.event_type,
        event.event_date_ms,
        said("task_sid"),
        said("worker_sid"),
        said("reservation_sid"),
        _encode(event),
    )
