"""Checkpoints: SQLite's write-ahead log is copied into the file beside the writes, not between them.

SQLite would do that in a commit whenever the log is full, and wait for the disk: with eight clients, one write in a
hundred takes half as long again. The log can be copied during writes, so a thread does it, and few writes wait.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable

__all__ = ["Checkpoints"]

_EVERY = 128
"""Commits between two checkpoints: for new Tasks about 250 pages, half of the longest log."""


class Checkpoints:
    """Thread with its own connection, which ``connect`` makes; it starts when it is first needed."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._commits = 0
        self._wanted = threading.Event()
        self._ends = False
        self._thread: threading.Thread | None = None

    def count(self) -> None:
        """Count a commit, and start a checkpoint when enough have been made."""
        self._commits += 1
        if self._commits % _EVERY:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="TaskRouter checkpoints", daemon=True)
            self._thread.start()
        self._wanted.set()

    def stop(self) -> None:
        """Stop the thread; the last connection to close copies the rest of the log."""
        self._ends = True
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        with contextlib.closing(self._connect()) as connection:
            while self._wanted.wait() and not self._ends:
                self._wanted.clear()
                with contextlib.suppress(sqlite3.Error):  # the next commit reports trouble with the disk
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
