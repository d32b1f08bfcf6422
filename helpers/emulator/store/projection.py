"""Projection of the journal into tables: current records, index of events, and alerts.

All of it can be rebuilt from the journal. It is updated for many writes at a time, because each of them alone would
touch half a dozen pages all over the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator

import msgspec

from ..clock import Millis
from ..engine.model.changes import Alert
from ..engine.model.resources import Event
from .entry_log import EntryLog
from .event_query import EventQuery, entries_of, types_of
from .file.checksum import checksum
from .journal import Write

__all__ = ["Projection"]

_TABLES = ("resources", "meta", "events", "event_index", "alerts")
_SAVE = "INSERT OR REPLACE INTO resources VALUES (?, ?, ?, ?)"
_SAVE_META = "INSERT OR REPLACE INTO meta VALUES (?, ?, ?)"
_ADD_PLACE = "INSERT INTO events VALUES (?, ?, ?, ?)"
_ADD_ENTRY = "INSERT INTO event_index VALUES (?)"

_PRIME = 2**31 - 1
"""Modulus that makes a small number of each row: their sum changes with any row, and SQLite computes it fast."""
_PLACE_SUM = f"SELECT coalesce(sum((number + 3 * at + 5 * row + 7 * types) % {_PRIME}), 0) FROM events"
_ENTRY_SUM = f"SELECT coalesce(sum(entry % {_PRIME}), 0) FROM event_index"

_NOTED = ("row", "first", "place_sum", "entry_sum", "event", "event_date_ms")
"""Columns of ``taken_in``: last row applied, first row, two sums, and the newest event."""


class Projection:
    """Tables of current records, index of events, and alerts. The caller begins and commits transactions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.alerts = EntryLog(connection, "alerts", Alert)

    def row(self) -> int:
        """Return the number of the last row of the journal that is applied."""
        return self._noted()[0]

    def first(self) -> int:
        """Return the number of the first row of the journal."""
        return self._noted()[1]

    def last_event(self) -> tuple[int, Millis]:
        """Return number and time of the newest event; zeros if there is none."""
        *_, number, moment = self._noted()
        return number, moment

    def forget(self, last: int) -> None:
        """Delete everything; the journal begins again with the row after ``last``."""
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")
        self._note(last, last + 1, 0, 0, 0, 0)

    def apply(self, writes: Iterable[tuple[int, Write]]) -> None:
        """Apply the following rows, at least one, each with its number."""
        saved, deleted, meta = dict[int, tuple[str, msgspec.Raw]](), list[int](), dict[str, str]()
        alerts, places, entries = list[Alert](), list[tuple[int, ...]](), list[int]()
        _, first, place_sum, entry_sum, *event = self._noted()
        last = 0
        for last, write in writes:
            saved |= write.saved
            for number in write.deleted:
                saved.pop(number, None)
            deleted += write.deleted
            meta |= write.meta
            alerts += write.alerts
            if write.events:
                beginning, end = write.events[0], write.events[-1]
                types = types_of(tuple([each.event_type for each in write.events]))
                places.append((beginning.number, beginning.event_date_ms, last, types))
                entries += entries_of(write.events)
                event = [end.number, end.event_date_ms]
        many = self._db.executemany
        # Deletes come first: after a restart another record can have the same number.
        many("DELETE FROM resources WHERE number = ?", [(number,) for number in deleted])
        many(_SAVE, [(number, kind, body, checksum(number, kind, body)) for number, (kind, body) in saved.items()])
        many(_SAVE_META, [(key, value, checksum(0, key, value.encode())) for key, value in meta.items()])
        if alerts:
            self.alerts.add((alert.workspace_sid, alert) for alert in alerts)
        many(_ADD_PLACE, places)
        many(_ADD_ENTRY, [(entry,) for entry in sorted(entries)])
        place_sum += sum((number + 3 * at + 5 * row + 7 * types) % _PRIME for number, at, row, types in places)
        entry_sum += sum([entry % _PRIME for entry in entries])
        self._note(last, first, place_sum, entry_sum, *event)

    def bodies(self) -> dict[int, tuple[str, bytes]]:
        """Return kind and JSON of each record, by its number.

        Raises:
            ValueError: a record isn't as it was written.
        """
        found = {}
        for number, kind, body, known in self._db.execute("SELECT * FROM resources"):
            _compare(known, number, kind, body)
            found[number] = kind, body
        return found

    def meta(self) -> dict[str, str]:
        """Return the entries stored beside the records.

        Raises:
            ValueError: an entry isn't as it was written.
        """
        found = {}
        for key, value, known in self._db.execute("SELECT * FROM meta"):
            _compare(known, 0, key, str(value).encode())
            found[key] = value
        return found

    def check(self) -> None:
        """Compare the index of events with its checksums.

        Raises:
            ValueError: it isn't as it was written.
        """
        noted = self._noted()
        sums = [self._db.execute(sql).fetchone()[0] for sql in (_PLACE_SUM, _ENTRY_SUM)]
        if sums != [*noted[2:4]]:
            raise ValueError("where the events are found is not as it was written")

    def search(self, query: EventQuery, events_of: Callable[[int], list[Event]]) -> Iterator[Event]:
        """Yield the events that match, in order; rows are read as they are needed.

        Args:
            events_of: returns the events of a row of the journal; [] for a row to skip.
        """
        for row in query.rows(self._db, self.last_event()[0]):
            yield from filter(query.matches, events_of(row)[:: query.step])

    def _noted(self) -> tuple[int, ...]:
        """Return the columns named above.

        Raises:
            ValueError: they aren't as they were written.
        """
        found = self._db.execute(f"SELECT {', '.join(_NOTED)}, checksum FROM taken_in").fetchone()
        if found is None or found[-1] != checksum(0, repr(found[:-1]), b""):
            raise ValueError("what is known of the writes is not as it was written")
        noted: tuple[int, ...] = found[:-1]
        return noted

    def _note(self, *noted: int) -> None:
        self._db.execute(
            f"UPDATE taken_in SET {''.join(f'{name} = ?, ' for name in _NOTED)} checksum = ?",
            (*noted, checksum(0, repr(noted), b"")),
        )


def _compare(known: int, number: int, name: str, body: bytes) -> None:
    try:
        is_sound = checksum(number, name, body) == known
    except (AttributeError, TypeError):  # a damaged column can have any type
        is_sound = False
    if not is_sound:
        raise ValueError(f"{name} {number or ''}".strip() + " is not as it was written")
