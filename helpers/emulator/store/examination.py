"""Examination of a whole file before it is used, so that no acknowledged write is missing without a report."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import groupby

import msgspec

from .journal import Journal, JournalPosition, UnreadableRow
from .projection import Projection
from .rebuild import RebuiltRecords

__all__ = ["Damaged", "examine", "lost_with_power", "spans"]

_NAMED = 5
"""Most gaps, and SIDs in each, that a sentence names."""

_SIDS = re.compile(rb'"sid":"([A-Z]{2}[0-9a-f]{32})"')


class Damaged(Exception):
    """File with missing or changed rows; the text says which."""


def examine(db: sqlite3.Connection, tail: JournalPosition | None) -> JournalPosition:
    """Return the position of the last write in a sound file.

    Args:
        tail: the position of the last acknowledged write, if it is known.

    Raises:
        Damaged: something is missing or was changed.
    """
    first, end = _find_extent(db, tail)
    rebuilt = RebuiltRecords()
    last = _walk(db, first, rebuilt)
    trouble = _check_structure(db)
    if trouble is None and last is not None and last.number >= end and _leads_to(db, tail, last, first):
        trouble = _check_projection(db, last, rebuilt)
        if trouble is None:
            return last
    if end < first:
        raise Damaged(f"It is damaged ({trouble or 'it holds no writes'}): none of the writes in it can be read.")
    raise Damaged(_describe(db, _find_missing(db, tail, first, end), trouble))


def lost_with_power(db: sqlite3.Connection, last: JournalPosition, tail: JournalPosition) -> str:
    """Return a sentence about a sound file that ends with ``last``, although the write at ``tail`` was acknowledged."""
    first = last.number + 1
    return (
        "This file was not closed, and the machine was restarted since, or is another one. What had not reached the "
        f"disk is lost: {_count_writes(tail.number - last.number)}, {_span(db, first, tail.number)}."
    )


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and the last number of each run of consecutive ones in ascending ``numbers``."""
    runs = (list(group) for _, group in groupby(enumerate(numbers), lambda each: each[1] - each[0]))
    return [(run[0][1], run[-1][1]) for run in runs]


def _check_structure(db: sqlite3.Connection) -> str | None:
    try:
        found: str = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else " ".join(found.split())


def _check_projection(db: sqlite3.Connection, last: JournalPosition, rebuilt: RebuiltRecords) -> str | None:
    projection = Projection(db)
    try:
        projection.check()
        if projection.row() > last.number:
            return "it has lost its last writes"
        rebuilt.compare(projection)
        return None
    except (sqlite3.DatabaseError, ValueError, TypeError, AttributeError) as error:
        return str(error)


def _find_missing(db: sqlite3.Connection, tail: JournalPosition | None, first: int, end: int) -> list[int]:
    """Return the numbers of missing or changed writes. It reads them one by one, because a scan could end early."""
    log, missing, before = Journal(db, JournalPosition()), list[int](), JournalPosition()
    for number in range(first, end + 1):
        try:
            row = log.row(number)
        except UnreadableRow:
            missing.append(number)
            continue
        if before.number == number - 1 and number > first and row.previous != before.checksum:
            missing.append(before.number)  # a row, but not the one that was there
        before = row.place
    if tail is not None and tail.number == before.number and tail != before:
        missing.append(tail.number)
    return missing


def _find_extent(db: sqlite3.Connection, tail: JournalPosition | None) -> tuple[int, int]:
    """Return the numbers of the first and the last write that should be there, from everything that is readable."""
    first, last, known = 1, 0, 0
    with suppress(sqlite3.DatabaseError, TypeError, ValueError):
        first, known = map(int, db.execute("SELECT first, row FROM taken_in").fetchone())
    with suppress(sqlite3.DatabaseError, TypeError):
        # A damaged number can have any value.
        count, greatest = db.execute("SELECT count(*), max(number) FROM writes").fetchone()
        last = min(int(greatest), max(first + int(count) - 1, known))
    return first, max(last, tail.number if tail else 0)


def _walk(db: sqlite3.Connection, first: int, rebuilt: RebuiltRecords) -> JournalPosition | None:
    """Return the position of the last row if all rows are sound and consecutive, or None. This is the fast path.

    It adds each row that the projection includes to ``rebuilt``.
    """
    place, known = JournalPosition(first - 1), 0
    with suppress(sqlite3.DatabaseError, ValueError):
        known = Projection(db).row()
    with suppress(sqlite3.DatabaseError, msgspec.MsgspecError):
        for row in Journal(db, JournalPosition()).since(0):
            follows = row.number == place.number + 1 and (row.previous == place.checksum or row.number == first)
            if not follows or not row.is_sound:
                return None
            if row.number <= known:
                rebuilt.add(row)
            place = row.place
        return place
    return None


def _leads_to(db: sqlite3.Connection, tail: JournalPosition | None, last: JournalPosition, first: int) -> bool:
    """Return True if the last acknowledged write is still in its place, unchanged."""
    if tail is None or tail.number < first or tail == last:  # writes before the first were removed on purpose
        return True
    with suppress(UnreadableRow):
        return Journal(db, JournalPosition()).row(tail.number).place == tail
    return False


def _describe(db: sqlite3.Connection, missing: list[int], trouble: str | None) -> str:
    gaps = spans(missing)
    named = "; ".join(_span(db, *gap) for gap in gaps[:_NAMED])
    more = f"; further gaps: {len(gaps) - _NAMED}" if len(gaps) > _NAMED else ""
    reason = f" ({trouble})" if trouble else ""
    if not missing:
        return f"It is damaged{reason or ', or its writes do not follow one another'}; each write in it can be read."
    return f"It is damaged{reason}: {_count_writes(len(missing))} cannot be read: {named}{more}."


def _count_writes(how_many: int) -> str:
    return f"{how_many} acknowledged write{'s' if how_many > 1 else ''}"


def _span(db: sqlite3.Connection, first: int, last: int) -> str:
    numbers = f"number {first}" if first == last else f"numbers {first} to {last}"
    log = Journal(db, JournalPosition())
    known = [_time(log, first - 1, "after"), _time(log, last + 1, "before"), *_contents(db, first, last)]
    told = ", ".join(filter(None, known))
    return f"{numbers} ({told})" if told else numbers


def _time(log: Journal, number: int, side: str) -> str | None:
    """Return the time of the write beside a gap, if it can be read."""
    with suppress(UnreadableRow, msgspec.MsgspecError, KeyError, ValueError, OverflowError):
        write = log.row(number).write()
        moment = write.events[-1].event_date_ms if write.events else int(write.meta["clock"])
        return f"{side} {datetime.fromtimestamp(moment / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}"
    return None


def _contents(db: sqlite3.Connection, first: int, last: int) -> Iterator[str]:
    """Yield a phrase with the SIDs that are still readable in damaged rows."""
    found: dict[str, None] = {}
    with suppress(sqlite3.DatabaseError):
        for (body,) in db.execute("SELECT body FROM writes WHERE number BETWEEN ? AND ?", (first, last)):
            if isinstance(body, bytes):
                found |= dict.fromkeys(sid.decode() for sid in _SIDS.findall(body) if not sid.startswith(b"EV"))
    if found:
        yield "about " + " ".join(list(found)[:_NAMED])
