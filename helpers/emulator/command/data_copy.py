"""Copy of a data file with what belongs to it, so that a look at it changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from ..emulator_errors import StoreRefused
from ..store.file.lock import FileLock, InUse

__all__ = ["copy_data", "files_of"]

_PARTS = ("", "-wal", "-tail", "-journal")
"""Endings of the files that SQLite and the store keep; -shm is made again from -wal."""


def files_of(path: Path) -> list[Path]:
    """Return the files that there are of a database."""
    return [part for part in (path.with_name(path.name + ending) for ending in _PARTS) if part.exists()]


@contextmanager
def copy_data(path: Path) -> Iterator[Path]:
    """Copy a database, which no emulator may use meanwhile; yield the copy's path.

    Raises:
        StoreRefused: it is in use, or can't be copied.
    """
    with ExitStack() as stack:
        try:
            lock = path.with_name(f"{path.name}.lock")
            if lock.exists():  # without it no emulator has the file, and none must be left here
                stack.callback(FileLock(lock).release)
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="taskrouter-check-")))
            before = _state(path)
            for part in before:
                shutil.copyfile(part, folder / part.name)
            if _state(path) != before:
                raise InUse
        except InUse as error:
            raise StoreRefused(path, "Another emulator is using this file.", "Stop it, or name another.") from error
        except OSError as error:
            raise StoreRefused(
                path,
                f"It can't be copied for examination: {error}.",
                f"Run this as the file's owner, with room for a copy in {gettempdir()}.",
            ) from error
        yield folder / path.name


def _state(path: Path) -> dict[Path, tuple[int, int]]:
    """Return size and time of each file."""
    return {part: (part.stat().st_size, part.stat().st_mtime_ns) for part in files_of(path)}
