"""The emulator's SQLite file: created if it is missing, refused if it isn't the emulator's or is damaged."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Self

from ..emulator_errors import StoreRefused
from .examination import Damaged, examine, lost_with_power
from .file.checkpoints import Checkpoints
from .file.lock import FileLock, InUse, Presence
from .journal import JournalPosition
from .projection import Projection
from .tail import Tail, read_tail, sync_folder, tail_path

__all__ = ["Database", "open_database"]

APPLICATION_ID = 0x54524E42
"""Mark of our files ("TRNB"), so that no other program's database is taken for one."""

SCHEMA_VERSION = 6

_NAME_ANOTHER = "Name another file."
_RESTORE = "Restore a copy (remove what lies beside the file first: -wal, -tail), or name another file."

_PAGE_SIZE = 16_384
"""Size of a page in bytes. Three writes of a Task fit in one, so most writes touch one page."""

_LONGEST_LOG = 512
"""Pages in the log (8 MiB): overwriting cached pages is faster than growing a file. If checkpoints can't keep up, a
commit waits for one."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_SIZE = 100
_JOURNAL_AT = 19
"""Offset of the read version in the header: it tells a closed file from one with a write-ahead log."""
_WITH_LOG = 2
_VERSION_AT = 60
_APPLICATION_AT = 68

_SCHEMA = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE writes (
    number INTEGER PRIMARY KEY, previous INTEGER NOT NULL, checksum INTEGER NOT NULL, body BLOB NOT NULL
);
CREATE TABLE taken_in (
    row INTEGER, first INTEGER, place_sum INTEGER, entry_sum INTEGER, event INTEGER, event_date_ms INTEGER,
    checksum INTEGER
);
INSERT INTO taken_in (row) VALUES (0);
CREATE TABLE resources (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, body BLOB NOT NULL, checksum INTEGER NOT NULL
);
CREATE TABLE events (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, row INTEGER NOT NULL, types INTEGER NOT NULL);
CREATE INDEX event_times ON events (at);
CREATE TABLE event_index (entry INTEGER PRIMARY KEY);
CREATE TABLE alerts (number INTEGER PRIMARY KEY, workspace_sid TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE deliveries (number INTEGER PRIMARY KEY, workspace_sid TEXT NOT NULL, body BLOB NOT NULL);
"""


class Database:
    """Connection with the position of the last write; for a file also its checkpoints, tail and lock."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.last = JournalPosition()
        self.lost = ""
        """Sentence about the writes lost with a loss of power; empty if there are none."""
        self._file: _File | None = None

    @classmethod
    def open_file(cls, path: Path, lock: FileLock) -> Self:
        """Open the file ``path``, which ``lock`` reserves for this process.

        Raises:
            Damaged, sqlite3.Error, OSError: the file can't be used.
        """
        last, lost = _examine(path)
        database = cls(_connect(str(path)))
        try:
            database.last, database.lost = last, lost
            database._file = _File(path, lock, database.connection, last)
        except BaseException:
            database.connection.close()
            raise
        return database

    def find_missing_file(self) -> str | None:
        """Return a file that isn't in its place any more, so that writes to it would be lost, or None."""
        return None if self._file is None else self._file.presence.find_missing()

    def note_commit(self, last: JournalPosition) -> None:
        """Note the position of a commit, before the write is acknowledged."""
        if self._file is not None:
            # The write is stored: a tail that can't be written is behind, which examine() accepts.
            with suppress(OSError):
                self._file.tail.write(last)
            self._file.checkpoints.count()

    def close(self) -> None:
        """Bring everything into the one file and release it."""
        if self._file is None:
            self.connection.close()
        else:
            self._file.close(self.connection)


class _File:
    """Tail, checkpoints and lock of an open file."""

    def __init__(self, path: Path, lock: FileLock, connection: sqlite3.Connection, last: JournalPosition) -> None:
        self._lock = lock
        # Another process that has the file open prevents this, even if the lock was deleted.
        connection.execute("PRAGMA journal_mode = DELETE")
        # The tail comes before the log: a file whose header says it has a log is incomplete without one.
        self.tail = Tail(path, last)
        try:
            for setting in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -16000"):
                connection.execute(f"PRAGMA {setting}")
            # On some systems SQLite overwrites deleted data with zeros: a reset took seconds, and a log as long.
            connection.execute("PRAGMA secure_delete = OFF")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_LONGEST_LOG}")
            connection.execute("SELECT row FROM taken_in").fetchone()  # this creates the log
            self.presence = Presence(path, _beside(path, "-wal"))
        except BaseException:
            self.tail.close()
            raise
        self.checkpoints = Checkpoints(lambda: _connect(str(path)))

    def close(self, connection: sqlite3.Connection) -> None:
        """Leave one complete file; if others have it open, or replaced it, the files beside it stay."""
        self.checkpoints.stop()
        self.tail.close()
        try:
            with suppress(sqlite3.Error):
                # First the header says that the file is complete; then the tail can go.
                if self.presence.find_missing() is None and connection.execute("PRAGMA journal_mode = DELETE"):
                    self.tail.path.unlink(missing_ok=True)
        finally:
            connection.close()
            self._lock.release()


def open_database(path: Path | None) -> Database:
    """Open a database that only this process writes to; without a path, one that ends with the process.

    The write-ahead log with ``synchronous=NORMAL`` loses nothing if the process is killed. If the
    machine loses power, the last writes can be missing, but the file stays sound.

    Raises:
        StoreRefused: the file is in use, damaged, of another version, or not ours.
    """
    if path is None:
        return Database(_temporary())
    lock = _take(path)
    try:
        if path.exists():
            _refuse_foreign(path)
        else:
            _create(path)
        return Database.open_file(path, lock)
    except Damaged as damage:
        lock.release()
        raise StoreRefused(path, str(damage), _RESTORE) from damage
    except (sqlite3.Error, OSError) as error:
        lock.release()
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise StoreRefused(path, "Another program is using this file.", "Stop it, or name another.") from error
        raise StoreRefused(path, f"It cannot be used: {error}.", _RESTORE) from error
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
    # file when it grows, so that a long load test doesn't use up the machine's memory. Its cache
    # is SQLite's default: a commit looks at all pages in it, so a larger cache makes writes slower.
    connection = _connect("")
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA synchronous = OFF")
    _lay_out(connection)
    return connection


def _lay_out(connection: sqlite3.Connection) -> None:
    """Create the tables."""
    connection.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
    Projection(connection).forget(0)


def _create(path: Path) -> None:
    """Create the file under another name first, so that it's complete wherever this process is killed."""
    for left in ("-tail", "-wal", "-journal"):
        if _beside(path, left).exists():
            raise StoreRefused(
                path,
                f"The file is missing, though {path.name}{left} beside it belongs to it.",
                f"Restore a copy, or delete {path.name}{left} to begin with nothing.",
            )
    fresh = _beside(path, ".new")
    for old in (fresh, _beside(fresh, "-journal")):
        old.unlink(missing_ok=True)
    # Credentials are kept in the file, so only its owner may read it.
    os.close(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(_connect(str(fresh))) as connection:
        connection.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
        _lay_out(connection)
    fresh.replace(path)
    sync_folder(path.parent)


def _examine(path: Path) -> tuple[JournalPosition, str]:
    """Return the position of the last write, after a look at the whole file through a read-only connection.

    With it comes a sentence about writes lost with a loss of power, which don't keep the others from being used.

    Raises:
        Damaged: something is missing or was changed.
        sqlite3.Error, OSError: the file can't be read.
    """
    try:
        tail = read_tail(path)
    except ValueError as error:
        raise Damaged(f"{error}: nobody knows which write was acknowledged last.") from error
    if tail is None and _has_log(_header(path)):
        raise Damaged(
            f"It was not closed, and {tail_path(path).name} is missing or empty: it says what was acknowledged last. "
            "A copy is complete when the emulator was stopped before."
        )
    if _beside(path, "-journal").exists():
        # Killed while it was opened or closed: SQLite rolls the transaction back.
        with closing(_connect(str(path))) as connection:
            connection.execute("SELECT row FROM taken_in").fetchone()
    with closing(_connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        if tail is None:
            return examine(connection, None), ""
        if tail.is_from_before_a_restart and _beside(path, "-wal").exists():
            last = examine(connection, None)
            if last.number < tail.place.number:
                return last, lost_with_power(connection, last, tail.place)
        return examine(connection, tail.place), ""


def _has_log(header: bytes) -> bool:
    return header[_JOURNAL_AT] == _WITH_LOG


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _refuse_foreign(path: Path) -> None:
    """Raise StoreRefused if the header isn't that of our file. SQLite itself could write when it opens one."""
    header = _header(path)
    if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
        raise StoreRefused(path, "This is not an SQLite database, or its beginning is damaged.", _NAME_ANOTHER)
    if int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4], "big") != APPLICATION_ID:
        raise StoreRefused(path, "This SQLite database was not made by the emulator.", _NAME_ANOTHER)
    version = int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4], "big")
    if version != SCHEMA_VERSION:
        raise StoreRefused(
            path,
            f"Its format is version {version}; this emulator reads version {SCHEMA_VERSION}.",
            "Use the emulator that made it (its snapshot can be restored here), or name another file.",
        )


def _header(path: Path) -> bytes:
    try:
        with open(path, "r+b") as file:
            return file.read(_HEADER_SIZE)
    except OSError as error:
        raise StoreRefused(path, f"It cannot be opened: {error.strerror}.", _NAME_ANOTHER) from error
