"""Tail: position of the last acknowledged write, in a small file beside the database.

After a process is killed, only the write-ahead log has the last writes, and SQLite reads it only as far as it is
sound: what follows a damaged page is gone without a trace. This file is the trace. It is written after each commit and
before the response, without waiting for the disk, so it survives the process. If the machine loses power, either of
the two can be older, so the file also says in which run of the machine it was written.
"""

from __future__ import annotations

import contextlib
import os
import sys
from functools import cache
from pathlib import Path
from struct import Struct
from typing import NamedTuple
from zlib import crc32

from .journal import JournalPosition

__all__ = ["NotedPosition", "Tail", "read_tail", "sync_folder", "tail_path"]

_NOTED = Struct("<QI36s")
_CHECKSUM = Struct("<I")


class NotedPosition(NamedTuple):
    """Content of the tail: the position, and the ID of the machine's run, empty if the system has none."""

    place: JournalPosition
    boot: bytes

    @property
    def is_from_before_a_restart(self) -> bool:
        """True if the machine was restarted since."""
        return self.boot != _boot()


class Tail:
    """Tail of the database ``path``; its first content is on the disk, later ones may not be yet.

    Raises:
        OSError: it can't be written.
    """

    def __init__(self, path: Path, place: JournalPosition) -> None:
        self.path = tail_path(path)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._file = open(descriptor, "r+b", buffering=0)  # noqa: SIM115
        self.write(place)
        os.fsync(descriptor)
        sync_folder(path.parent)

    def write(self, place: JournalPosition) -> None:
        """Write the position of a write that is about to be acknowledged."""
        packed = _NOTED.pack(*place, _boot())
        self._file.seek(0)
        self._file.write(packed + _CHECKSUM.pack(crc32(packed)))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def tail_path(path: Path) -> Path:
    """Return the path of a database's tail."""
    return path.with_name(f"{path.name}-tail")


def read_tail(path: Path) -> NotedPosition | None:
    """Return the tail of a database, or None if there is no such file, or an empty one from a start that was killed.

    Raises:
        ValueError: it is damaged.
        OSError: it can't be read.
    """
    try:
        found = tail_path(path).read_bytes()
    except FileNotFoundError:
        return None
    if not found:
        return None
    packed, checksum = found[: _NOTED.size], found[_NOTED.size :]
    if len(packed) < _NOTED.size or checksum != _CHECKSUM.pack(crc32(packed)):
        raise ValueError(f"{tail_path(path).name} is damaged")
    number, place_checksum, boot = _NOTED.unpack(packed)
    return NotedPosition(JournalPosition(number, place_checksum), boot.rstrip(b"\0"))


def sync_folder(folder: Path) -> None:
    """Make what was created or renamed in ``folder`` durable, where the system can."""
    with contextlib.suppress(OSError):  # Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@cache
def _boot() -> bytes:
    """Return a UUID of the machine's run; empty on systems without one, such as Windows."""
    with contextlib.suppress(OSError):
        if sys.platform == "darwin":
            import subprocess  # here, because only this needs it

            asked = ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"]
            return subprocess.run(asked, capture_output=True, check=False).stdout.strip()[:36]
        return Path("/proc/sys/kernel/random/boot_id").read_bytes().strip()[:36]
    return b""
