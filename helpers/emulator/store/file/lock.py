"""One emulator to a file: a lock that ends with the process that holds it, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["FileLock", "InUse", "Presence"]

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InUse(Exception):
    """Somebody else holds the lock."""


class FileLock:
    """Holds ``path`` from construction until :meth:`release`.

    The operating system drops the lock when the process ends, so nothing stale is ever left behind. It
    is a file of its own because SQLite's locks on the database are those of POSIX: they are lost as soon as anything
    in the same process, say a backup, opens and closes the database. This one also holds between two
    holders within one process.

    Raises:
        InUse: another holder exists.
        OSError: the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise InUse from error

    def release(self) -> None:
        """Let others have it. The file stays: removing it could pull it from under the next holder."""
        os.close(self._descriptor)


class Presence:
    """Files as they were opened: whoever writes to one that somebody has removed or replaced keeps nothing.

    Raises:
        OSError: one is not there.
    """

    def __init__(self, *paths: Path) -> None:
        self._known = [(str(path), _identity(str(path))) for path in paths]

    def gone(self) -> str | None:
        """The first of them that is not at its place any more."""
        for path, identity in self._known:
            try:
                if _identity(path) == identity:
                    continue
            except OSError:
                pass
            return path
        return None


def _identity(path: str) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_dev, found.st_ino
