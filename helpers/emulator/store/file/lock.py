"""File lock, so that only one emulator uses a file; it ends with its process, however that ends."""

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
    """Lock that another holder has."""


class FileLock:
    """Lock on ``path`` from construction until :meth:`release`.

    The operating system releases it when the process ends, so a stale lock can't stay. It is a separate
    file because SQLite's locks on the database are POSIX locks: they are lost as soon as anything in the same
    process, such as a backup, opens and closes the database. This lock also excludes a second holder in the
    same process.

    Raises:
        InUse: another holder exists.
        OSError: the file cannot be made, or its disk has no locks.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as error:
            self.release()
            if isinstance(error, (BlockingIOError, PermissionError)):  # the second on Windows
                raise InUse from error
            raise

    def release(self) -> None:
        """Release the lock, once. The file stays, because removing it could take it from the next holder."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:  # the number of a closed file is soon another file's
            os.close(descriptor)


class Presence:
    """Identities of open files, to detect one that was removed or replaced: writes to it would be lost.

    Raises:
        OSError: a file is missing.
    """

    def __init__(self, *paths: Path) -> None:
        self._known = [(str(path), _identity(str(path))) for path in paths]

    def find_missing(self) -> str | None:
        """Return the first file that isn't in its place any more, or None."""
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
