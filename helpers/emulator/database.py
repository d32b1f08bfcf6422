"""Opening the emulator's SQLite file: made when missing, refused when it is not ours to use."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Self

from helpers.emulator.checkpoints import Checkpoints
from helpers.emulator.ownership import FileLock, InUse

__all__ = ["Database", "StoreRefused", "open_database"]

APPLICATION_ID = 0x54524E42
"""Marks our files ("TRNB"), so that somebody else's database is never taken for one."""

SCHEMA_VERSION = 3

_NAME_ANOTHER = "Name another file."

_PAGE_SIZE = 16_384
"""Bytes. Three writes of a Task fit in one, so that most writes touch one page."""

_LONGEST_LOG = 512
"""Pages, 8 MiB: what the system keeps at hand is written over faster than a file grows. Where checkpoints cannot keep
up, a commit waits for one."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_SIZE = 100
_VERSION_AT = 60
_APPLICATION_AT = 68

_SCHEMA = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE writes (number INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE taken_in (row INTEGER NOT NULL);
INSERT INTO taken_in VALUES (0);
CREATE TABLE resources (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE events (
    number INTEGER PRIMARY KEY, event_type TEXT NOT NULL, event_date_ms INTEGER NOT NULL, row INTEGER NOT NULL
);
CREATE TABLE event_index (
    key TEXT NOT NULL,
    event_date_ms INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (key, event_date_ms, number)
) WITHOUT ROWID;
CREATE TABLE alerts (number INTEGER PRIMARY KEY, workspace_sid TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE deliveries (number INTEGER PRIMARY KEY, workspace_sid TEXT NOT NULL, body BLOB NOT NULL);
"""


class StoreRefused(Exception):
    """The file cannot be used; it was left as it is.

    ``path`` is the file, ``reason`` says what was found there.
    """

    def __init__(self, path: Path, reason: str, next_step: str) -> None:
        super().__init__(f"{path}: {reason} {next_step} The file was left as it is.")
        self.path = path
        self.reason = reason


class Database:
    """A connection; for a file also its checkpoints, and the lock that keeps other emulators away."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._checkpoints: Checkpoints | None = None
        self._lock: FileLock | None = None

    @classmethod
    def permanent(cls, path: Path, lock: FileLock) -> Self:
        """The file ``path``, which ``lock`` keeps for us."""
        database = cls(_permanent(path))
        database._checkpoints = Checkpoints(lambda: _connect(str(path)))
        database._lock = lock
        return database

    def committed(self) -> None:
        """Hear of a commit: now and then the log is copied back."""
        if self._checkpoints is not None:
            self._checkpoints.count()

    def close(self) -> None:
        """Bring everything into the one file and give it free."""
        if self._checkpoints is not None:
            self._checkpoints.stop()
        self.connection.close()
        if self._lock is not None:
            self._lock.release()


def open_database(path: Path | None) -> Database:
    """A database that this process alone writes to; without a path, one that ends with the process.

    The write-ahead log with ``synchronous=NORMAL`` loses nothing when the process is killed. When the
    whole machine loses power the last writes may be missing, but the file stays sound.

    Raises:
        StoreRefused: the file is in use, damaged, of another version, or not ours.
    """
    if path is None:
        return Database(_temporary())
    lock = _take(path)
    try:
        _refuse_foreign(path)
        return Database.permanent(path, lock)
    except BaseException:
        lock.release()
        raise


def _take(path: Path) -> FileLock:
    try:
        return FileLock(path.with_name(path.name + ".lock"))
    except InUse as error:
        raise StoreRefused(path, "Another emulator is using this file.", "Stop it, or name another.") from error
    except OSError as error:
        raise StoreRefused(path, f"It cannot be locked: {error.strerror}.", _NAME_ANOTHER) from error


def _connect(where: str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(where, isolation_level=None, check_same_thread=False, timeout=0, uri=uri)


def _temporary() -> sqlite3.Connection:
    # An unnamed database stays in memory while it is small, and SQLite moves it to a temporary
    # file when it grows: a long load test must not eat the machine's memory.
    connection = _connect("")
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -16000")
    connection.executescript(_SCHEMA)
    return connection


def _permanent(path: Path) -> sqlite3.Connection:
    try:
        if path.stat().st_size:
            _check(path)
        return _prepared(path)
    except (sqlite3.Error, OSError) as error:
        reason = f"It is damaged or cannot be used: {error}."
        raise StoreRefused(path, reason, "Restore a copy, or name another file.") from error


def _prepared(path: Path) -> sqlite3.Connection:
    connection = _connect(str(path))
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            # Before the log is switched on: the mark must stand in the file itself, where the next start looks.
            connection.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
            connection.executescript(f"BEGIN EXCLUSIVE; {_SCHEMA} COMMIT;")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -16000")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LONGEST_LOG}")
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_foreign(path: Path) -> None:
    """Look at the header alone: SQLite itself might write while it opens a file."""
    header = _header(path)
    if not header:
        return
    if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
        raise StoreRefused(path, "This is not an SQLite database, or its beginning is damaged.", _NAME_ANOTHER)
    if int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4], "big") != APPLICATION_ID:
        raise StoreRefused(path, "This SQLite database was not made by the emulator.", _NAME_ANOTHER)
    version = int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4], "big")
    if version != SCHEMA_VERSION:
        raise StoreRefused(
            path,
            f"Its format is version {version}; this emulator reads version {SCHEMA_VERSION}.",
            "Use the emulator that made it, or name another file.",
        )


def _header(path: Path) -> bytes:
    try:
        # Credentials are kept in the file, so only its owner may read it.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with open(descriptor, "rb") as file:
            return file.read(_HEADER_SIZE)
    except OSError as error:
        raise StoreRefused(path, f"It cannot be opened: {error.strerror}.", _NAME_ANOTHER) from error


def _check(path: Path) -> None:
    """Read the whole file through a connection that cannot write."""
    connection = _connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        connection.close()
    if found != "ok":
        raise sqlite3.DatabaseError(found)
