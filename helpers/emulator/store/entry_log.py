"""Log of numbered entries with checksums, for deliveries and alerts; it keeps the last ten thousand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Generic, TypeVar

import msgspec

from .file.checksum import checksum

__all__ = ["EntryLog"]

T = TypeVar("T")

_KEPT = 10_000

_CHANGED = (msgspec.MsgspecError, TypeError, ValueError, AttributeError)
"""Exceptions that a damaged entry can raise when it is read."""

_encode = msgspec.json.Encoder().encode


class EntryLog(Generic[T]):
    """Table of entries of one type, each with its number and Workspace. The caller begins and commits transactions.

    An entry's checksum follows its JSON on a line of its own. Entries of earlier emulators have none.
    """

    def __init__(self, connection: sqlite3.Connection, table: str, kind: type[T]) -> None:
        self.table = table
        self._db = connection
        self._decode = msgspec.json.Decoder(kind).decode

    def last(self) -> int:
        """Return the number of the newest entry; 0 if there is none."""
        number: int = self._db.execute(f"SELECT coalesce(max(number), 0) FROM {self.table}").fetchone()[0]
        return number

    def add(self, entries: Iterable[tuple[str, T]]) -> None:
        """Add at least one entry, each with the SID of its Workspace. They are numbered in this order."""
        rows = [
            (number, workspace_sid, _seal(number, workspace_sid, _encode(entry)))
            for number, (workspace_sid, entry) in enumerate(entries, self.last() + 1)
        ]
        self._db.executemany(f"INSERT INTO {self.table} VALUES (?, ?, ?)", rows)
        self._db.execute(f"DELETE FROM {self.table} WHERE number <= ?", (rows[-1][0] - _KEPT,))

    def read(self, workspace_sid: str | None, after_number: int, limit: int) -> tuple[list[tuple[int, T]], list[int]]:
        """Return the sound entries, each with its number, and the numbers of the damaged ones.

        Raises:
            sqlite3.Error: the table can't be read.
        """
        found, damaged = list[tuple[int, T]](), list[int]()
        rows = self._db.execute(
            f"SELECT number, workspace_sid, body FROM {self.table} "
            "WHERE number > ? AND (? IS NULL OR workspace_sid = ?) ORDER BY number",
            (after_number, workspace_sid, workspace_sid),
        )
        for number, workspace, body in rows:
            try:
                found.append((number, self._decode(_unseal(number, workspace, body))))
            except _CHANGED:
                damaged.append(number)
            if len(found) == limit:
                break
        return found, damaged

    def find_damaged(self) -> list[int]:
        """Return the numbers of all entries that are missing or damaged; reads the whole table.

        Raises:
            sqlite3.Error: the table can't be read.
        """
        damaged, before = list[int](), max(0, self.last() - _KEPT)
        for number, workspace_sid, body in self._db.execute(f"SELECT * FROM {self.table} ORDER BY number"):
            if number - before <= _KEPT:  # a larger gap means that the number itself is damaged
                damaged += range(before + 1, number)
            try:
                _unseal(number, workspace_sid, body)
            except _CHANGED:
                damaged.append(number)
            before = number
        return damaged


def _seal(number: int, workspace_sid: str, body: bytes) -> bytes:
    return b"%b\n%08x" % (body, checksum(number, workspace_sid, body))


def _unseal(number: int, workspace_sid: str, kept: bytes) -> bytes:
    body, line, known = kept.partition(b"\n")
    sound = known == b"%08x" % checksum(number, workspace_sid, body) if line else body.endswith(b"}")
    if not sound:
        raise ValueError("not as it was written")
    return body
