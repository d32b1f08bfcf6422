"""The log is copied back beside the commits, whatever the disk says."""

from __future__ import annotations

import sqlite3
import threading
from typing import Any, cast

from helpers.emulator.store.file.checkpoints import Checkpoints


class Connection:
    """Notes what it is told; ``trouble`` is what the disk says to it."""

    def __init__(self, trouble: sqlite3.Error | None = None) -> None:
        self.trouble = trouble
        self.told: list[tuple[str, str]] = []
        self.asked = threading.Event()
        self.closed = False

    def execute(self, statement: str) -> None:
        self.told.append((statement, threading.current_thread().name))
        self.asked.set()
        if self.trouble is not None:
            raise self.trouble

    def close(self) -> None:
        self.closed = True


def checkpoints(connection: Any) -> Checkpoints:
    return Checkpoints(lambda: cast(sqlite3.Connection, connection))


def test_log_is_copied_by_another_thread() -> None:
    """After many commits the log is copied, and the thread that commits has no part in it."""
    connection = Connection()
    copying = checkpoints(connection)
    for _ in range(128):
        copying.count()

    assert connection.asked.wait(10)
    copying.stop()
    assert connection.told == [("PRAGMA wal_checkpoint(PASSIVE)", "TaskRouter checkpoints")]
    assert connection.closed


def test_few_commits_need_no_thread() -> None:
    """Whoever writes little never starts the thread, and ending it does nothing."""
    connection = Connection()
    copying = checkpoints(connection)
    copying.count()
    copying.stop()

    assert connection.told == []


def test_trouble_does_not_end_it() -> None:
    """A checkpoint that fails is tried again after the next commits."""
    connection = Connection(sqlite3.OperationalError("disk I/O error"))
    copying = checkpoints(connection)
    for _ in range(2):
        connection.asked.clear()
        for _ in range(128):
            copying.count()
        assert connection.asked.wait(10)
    copying.stop()

    assert len(connection.told) == 2
