"""The place of the last acknowledged write, in a small file beside the database.

When a process is killed the write-ahead log is what tells the last writes, and SQLite reads it only as far as it is
sound: what follows a damage is gone without a trace. This file is the trace. It is written after each commit and before
the answer, without waiting for the disk: it survives the process, and when the machine loses power it may be older than
the log, which does no harm.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from struct import Struct
from zlib import crc32

from helpers.emulator.write_log import Place

__all__ = ["Tail", "read_tail", "sync_folder", "tail_path"]

_PLACE = Struct("<QI")
_CHECKSUM = Struct("<I")


class Tail:
    """The file of the database ``path``; durable as it is at first.

    Raises:
        OSError: it cannot be written.
    """

    def __init__(self, path: Path, place: Place) -> None:
        self.path = tail_path(path)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._file = open(descriptor, "r+b", buffering=0)  # noqa: SIM115
        self.write(place)
        os.fsync(descriptor)
        sync_folder(path.parent)

    def write(self, place: Place) -> None:
        """Note the place of a write that is about to be acknowledged."""
        packed = _PLACE.pack(*place)
        self._file.seek(0)
        self._file.write(packed + _CHECKSUM.pack(crc32(packed)))

    def close(self) -> None:
        """Leave the file."""
        self._file.close()


def tail_path(path: Path) -> Path:
    """Where the tail of a database is."""
    return path.with_name(f"{path.name}-tail")


def read_tail(path: Path) -> Place | None:
    """The tail of a database, or None if there is no such file.

    Raises:
        ValueError: it is damaged.
        OSError: it cannot be read.
    """
    try:
        found = tail_path(path).read_bytes()
    except FileNotFoundError:
        return None
    packed, checksum = found[: _PLACE.size], found[_PLACE.size :]
    if len(packed) < _PLACE.size or checksum != _CHECKSUM.pack(crc32(packed)):
        raise ValueError(f"{tail_path(path).name} is damaged")
    number, place_checksum = _PLACE.unpack(packed)
    return Place(number, place_checksum)


def sync_folder(folder: Path) -> None:
    """Make what was created or renamed in ``folder`` durable, where the system can."""
    with contextlib.suppress(OSError):  # Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
