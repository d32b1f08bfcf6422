"""Looks through a whole file before it is used: nothing that was acknowledged may be missing without a word."""

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
"""Gaps, and SIDs in each, that a sentence names."""

_SIDS = re.compile(rb'"sid":"([A-Z]{2}[0-9a-f]{32})"')


class Damaged(Exception):
    """The file is not as it was written; the text says what is missing."""


def examine(db: sqlite3.Connection, tail: JournalPosition | None) -> JournalPosition:
    """The place of the last write in a sound file.

    Args:
        tail: that of the last acknowledged one, if it is known.

    Raises:
        Damaged: something is missing or was changed.
    """
    first, end = _extent(db, tail)
    rebuilt = RebuiltRecords()
    last = _walk(db, first, rebuilt)
    trouble = _structure(db)
    if trouble is None and last is not None and last.number >= end and _leads_to(db, tail, last, first):
        trouble = _projection(db, last, rebuilt)
        if trouble is None:
            return last
    if end < first:
        raise Damaged(f"It is damaged ({trouble or 'it holds no writes'}): none of the writes in it can be read.")
    raise Damaged(_told(db, _missing(db, tail, first, end), trouble))


def lost_with_power(db: sqlite3.Connection, last: JournalPosition, tail: JournalPosition) -> str:
    """What is to be told of a sound file that ends with ``last``, though the write at ``tail`` was acknowledged."""
    first = last.number + 1
    return (
        "This file was not closed, and the machine was restarted since, or is another one. What had not reached the "
        f"disk is lost: {_acknowledged(tail.number - last.number)}, {_span(db, first, tail.number)}."
    )


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last of each run in rising numbers."""
    runs = (list(group) for _, group in groupby(enumerate(numbers), lambda each: each[1] - each[0]))
    return [(run[0][1], run[-1][1]) for run in runs]


def _structure(db: sqlite3.Connection) -> str | None:
    try:
        found: str = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else " ".join(found.split())


def _projection(db: sqlite3.Connection, last: JournalPosition, rebuilt: RebuiltRecords) -> str | None:
    projection = Projection(db)
    try:
        projection.check()
        if projection.row() > last.number:
            return "it has lost its last writes"
        rebuilt.compare(projection)
        return None
    except (sqlite3.DatabaseError, ValueError, TypeError, AttributeError) as error:
        return str(error)


def _missing(db: sqlite3.Connection, tail: JournalPosition | None, first: int, end: int) -> list[int]:
    """The numbers of the writes that are not as they were, asked for one by one: a scan may end early."""
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


def _extent(db: sqlite3.Connection, tail: JournalPosition | None) -> tuple[int, int]:
    """The numbers of the first and the last write that should be there, as far as anything says."""
    first, last, known = 1, 0, 0
    with suppress(sqlite3.DatabaseError, TypeError, ValueError):
        first, known = map(int, db.execute("SELECT first, row FROM taken_in").fetchone())
    with suppress(sqlite3.DatabaseError, TypeError):
        # Where a number itself is damaged it may be any.
        count, greatest = db.execute("SELECT count(*), max(number) FROM writes").fetchone()
        last = min(int(greatest), max(first + int(count) - 1, known))
    return first, max(last, tail.number if tail else 0)


def _walk(db: sqlite3.Connection, first: int, rebuilt: RebuiltRecords) -> JournalPosition | None:
    """The last place, if row follows row from the first on; the quick way where all is well.

    ``rebuilt`` is told each row that the projection knows.
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
    """Whether the write that was acknowledged last is the one that stands there."""
    if tail is None or tail.number < first or tail == last:  # before the first everything was forgotten on purpose
        return True
    with suppress(UnreadableRow):
        return Journal(db, JournalPosition()).row(tail.number).place == tail
    return False


def _told(db: sqlite3.Connection, missing: list[int], trouble: str | None) -> str:
    gaps = spans(missing)
    named = "; ".join(_span(db, *gap) for gap in gaps[:_NAMED])
    more = f"; further gaps: {len(gaps) - _NAMED}" if len(gaps) > _NAMED else ""
    reason = f" ({trouble})" if trouble else ""
    if not missing:
        return f"It is damaged{reason or ', or its writes do not follow one another'}; each write in it can be read."
    return f"It is damaged{reason}: {_acknowledged(len(missing))} cannot be read: {named}{more}."


def _acknowledged(how_many: int) -> str:
    return f"{how_many} acknowledged write{'s' if how_many > 1 else ''}"


def _span(db: sqlite3.Connection, first: int, last: int) -> str:
    numbers = f"number {first}" if first == last else f"numbers {first} to {last}"
    log = Journal(db, JournalPosition())
    known = [_time(log, first - 1, "after"), _time(log, last + 1, "before"), *_contents(db, first, last)]
    told = ", ".join(filter(None, known))
    return f"{numbers} ({told})" if told else numbers


def _time(log: Journal, number: int, side: str) -> str | None:
    """When the write beside a gap was made, if that can be read."""
    with suppress(UnreadableRow, msgspec.MsgspecError, KeyError, ValueError, OverflowError):
        write = log.row(number).write()
        moment = write.events[-1].event_date_ms if write.events else int(write.meta["clock"])
        return f"{side} {datetime.fromtimestamp(moment / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}"
    return None


def _contents(db: sqlite3.Connection, first: int, last: int) -> Iterator[str]:
    """SIDs that can still be made out in damaged rows."""
    found: dict[str, None] = {}
    with suppress(sqlite3.DatabaseError):
        for (body,) in db.execute("SELECT body FROM writes WHERE number BETWEEN ? AND ?", (first, last)):
            if isinstance(body, bytes):
                found |= dict.fromkeys(sid.decode() for sid in _SIDS.findall(body) if not sid.startswith(b"EV"))
    if found:
        yield "about " + " ".join(list(found)[:_NAMED])
