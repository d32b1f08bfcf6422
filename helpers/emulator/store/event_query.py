"""Query for events: a list filter as SQL over the event index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from sqlite3 import Connection
from zlib import crc32

import msgspec

from ..clock import Millis
from ..engine.model.resources import Event

__all__ = ["EventQuery", "entries_of", "types_of"]

_IN_DATA = ("reservation_sid", "task_sid", "worker_sid")
_NARROWEST_FIRST = ("sid", *_IN_DATA, "workspace_sid")

_RUN = 4096
"""Events in a run of the index. Entries arrive in no order; with runs they touch only the few pages of the last one,
however many events there are. A search reads every run."""

_KEYS = 2**31
"""Number of keys. An entry is one number, which SQLite finds fastest: run, key of a SID, and place in the run."""

_BITS = 52
"""Bits for the event types of a write; two types can share one."""


def entries_of(events: Sequence[Event]) -> set[int]:
    """Return the index entries of a write's events, one for each SID that they can be found by."""
    number, sids = events[0].number, set[str]()
    for event in events:
        sids.add(event.sid)
        sids.add(event.workspace_sid)
        sids.update([event.data[name] for name in _IN_DATA if name in event.data])
    return {_entry(_fingerprint(sid), number) for sid in sids}


@lru_cache(maxsize=256)
def types_of(event_types: tuple[str, ...]) -> int:
    """Return a number with the bit of each type."""
    return reduce(or_, (1 << _fingerprint(each) % _BITS for each in event_types), 0)


def _entry(key: int, number: int) -> int:
    run, place = divmod(number, _RUN)
    return (run * _KEYS + key) * _RUN + place


def _fingerprint(text: str) -> int:
    """Return a hash of ``text``; two texts can share one, and :meth:`EventQuery.matches` tells them apart."""
    return crc32(text.encode()) % _KEYS


class EventQuery(msgspec.Struct, kw_only=True, frozen=True):
    """Conditions for events; None and absent ones don't count. Both ends of the window are included.

    ``about`` has SIDs that are indexed. ``data`` has fields of the event's data, and ``task_channel`` a SID or unique
    name: these have few, common values, so a walk through the window costs no more than an index, which would cost
    every write. Events come oldest first; with ``before_number``, newest first.
    """

    workspace_sid: str | None
    start_ms: Millis | None
    end_ms: Millis | None
    event_types: Collection[str] | None
    about: Mapping[str, str | None]
    data: Mapping[str, str | None]
    task_channel: str | None
    after_number: int = 0
    before_number: int = 0

    @property
    def step(self) -> int:
        """1 if the oldest come first, or -1."""
        return -1 if self.before_number else 1

    def rows(self, db: Connection, newest: int) -> Iterator[int]:
        """Yield the rows of the journal that can have such events, in order; ``newest`` is the newest event's number.

        It uses the most specific of the SIDs; :meth:`matches` decides on each event. The clock never runs
        backwards, so the order of numbers is also that of times.
        """
        sought = {**self.about, "workspace_sid": self.workspace_sid}
        key = _fingerprint(next(sid for name in _NARROWEST_FIRST if (sid := sought.get(name)) is not None))
        lowest, highest = self._lowest(db), self._highest(db, newest)
        # CROSS JOIN keeps SQLite from reading the events before the index.
        sql = (
            f"SELECT row FROM event_index CROSS JOIN events ON number = ? + entry % {_RUN} "
            "WHERE entry BETWEEN ? AND ? AND types & ? "
            f"ORDER BY entry {'DESC' if self.before_number else 'ASC'}"
        )
        types = -1 if self.event_types is None else types_of(tuple(self.event_types))
        for run in range(lowest // _RUN, highest // _RUN + 1)[:: self.step]:
            first = run * _RUN
            ends = [_entry(key, max(lowest, first)), _entry(key, min(highest, first + _RUN - 1))]
            for (row,) in db.execute(sql, (first, *ends, types)):
                yield row

    def _lowest(self, db: Connection) -> int:
        """Return the number of the first event of the write in which the window begins, the later of its two edges."""
        before = "SELECT number FROM events WHERE at < ? ORDER BY at DESC, number DESC LIMIT 1"
        here = "SELECT number FROM events WHERE number <= ? ORDER BY number DESC LIMIT 1"
        edges = [(before, self.start_ms)] * (self.start_ms is not None) + [(here, self.after_number)]
        return max((number for sql, edge in edges for (number,) in db.execute(sql, (edge,))), default=0)

    def _highest(self, db: Connection, newest: int) -> int:
        """Return the number of the last event of the window, or of an earlier one in its write."""
        highest = self.before_number - 1 if self.before_number else newest
        if self.end_ms is not None:
            until = "SELECT number FROM events WHERE at <= ? ORDER BY at DESC, number DESC LIMIT 1"
            highest = min(highest, next((number for (number,) in db.execute(until, (self.end_ms,))), 0))
        return highest

    def matches(self, event: Event) -> bool:
        """Return True if the event meets every condition."""
        if not self._is_within(event) or (self.event_types is not None and event.event_type not in self.event_types):
            return False
        said = {**event.data, "sid": event.sid, "workspace_sid": event.workspace_sid}.get
        if self.task_channel not in (None, said("task_channel_sid"), said("task_channel_unique_name")):
            return False
        wanted = {**self.about, **self.data, "workspace_sid": self.workspace_sid}
        return all(value is None or said(name) == value for name, value in wanted.items())

    def _is_within(self, event: Event) -> bool:
        """Return True if the event is in the window and on the page."""
        return (
            event.number > self.after_number
            and not 0 < self.before_number <= event.number
            and (self.start_ms is None or event.event_date_ms >= self.start_ms)
            and (self.end_ms is None or event.event_date_ms <= self.end_ms)
        )
