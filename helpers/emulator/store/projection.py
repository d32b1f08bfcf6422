"""How things stand after the writes: the records there are, where each event is found, and the alerts.

All of it can be told from the log of writes. It is brought up to date for many writes at a time: each of them alone
would touch half a dozen pages of the file, here and there.
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
"""Makes a small number of each row: their sum changes with any of them, and SQLite tells it in no time."""
_PLACE_SUM = f"SELECT coalesce(sum((number + 3 * at + 5 * row + 7 * types) % {_PRIME}), 0) FROM events"
_ENTRY_SUM = f"SELECT coalesce(sum(entry % {_PRIME}), 0) FROM event_index"

_NOTED = ("row", "first", "place_sum", "entry_sum", "event", "event_date_ms")
"""The last row taken in, the first there is, two sums, and the newest event."""


class Projection:
    """Whoever changes it has begun a transaction, and ends it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.alerts = EntryLog(connection, "alerts", Alert)

    def row(self) -> int:
        """The last row of the log that it knows of."""
        return self._noted()[0]

    def first(self) -> int:
        """The number of the row with which everything begins."""
        return self._noted()[1]

    def last_event(self) -> tuple[int, Millis]:
        """Number and time of the newest event; zeros if there is none."""
        *_, number, moment = self._noted()
        return number, moment

    def forget(self, last: int) -> None:
        """Know nothing, as before the row that follows ``last``: with it everything begins."""
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")
        self._note(last, last + 1, 0, 0, 0, 0)

    def apply(self, writes: Iterable[tuple[int, Write]]) -> None:
        """Take in the rows that follow, one at least, each with its number."""
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
        # First of all what has gone: after a restart its number may be that of another record.
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
            _compare(known, 0, key, str(value).encode())
            found[key] = value
        return found

    def check(self) -> None:
        """Look whether all but records and the entries beside them is as it was written down.

        Raises:
            ValueError: something is not.
        """
        noted = self._noted()
        sums = [self._db.execute(sql).fetchone()[0] for sql in (_PLACE_SUM, _ENTRY_SUM)]
        if sums != [*noted[2:4]]:
            raise ValueError("where the events are found is not as it was written")

    def search(self, query: EventQuery, events_of: Callable[[int], list[Event]]) -> Iterator[Event]:
        """The events that fit, in order, read as far as they are asked for.

        Args:
            events_of: reads a row of the log; what it leaves out is left out.
        """
        for row in query.rows(self._db, self.last_event()[0]):
            yield from filter(query.fits, events_of(row)[:: query.step])

    def _noted(self) -> tuple[int, ...]:
        """What is noted under the names above.

        Raises:
            ValueError: it is not as it was written.
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
    except (AttributeError, TypeError):  # damage may make anything of a column
        is_sound = False
    if not is_sound:
        raise ValueError(f"{name} {number or ''}".strip() + " is not as it was written")
