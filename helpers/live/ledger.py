"""Ledger of what a kernel creates outside of itself, so that a later one finds and removes what a killed one left.

Each kernel appends JSON lines to a file of its own, whose lock it holds as long as it lives. A ledger whose lock can
be taken is one that a kernel abandoned. The last line about something counts. Nothing secret is in it.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import msgspec

from helpers.emulator.store.file.lock import FileLock, InUse, Presence
from helpers.errors.connection_problems import LedgerProblem

__all__ = ["Agent", "Ledger", "OwnWorkspace", "find_abandoned"]

_START = 1
"""Place of the first line. ``FileLock`` locks byte 0, and on Windows nobody can read or write it then."""


class OwnWorkspace(msgspec.Struct, frozen=True, tag="workspace"):
    """Workspace that a kernel created, or may have created: without a SID the answer was lost, or isn't there yet."""

    number: int
    """Number in its ledger."""
    url: str
    """Address of the TaskRouter that it is in."""
    account_sid: str
    name: str
    sid: str = ""
    date_created: str = ""
    """Time in TaskRouter's own spelling; empty without a SID."""
    over: str = ""
    """Reason why it isn't the kernel's any more, such as "removed"; empty as long as it is."""


class Agent(msgspec.Struct, frozen=True, tag="agent"):
    """Program that a kernel starts and that can outlive it."""

    settings: str
    """Path of its settings file, whose folder is made for it: no other program is started with that."""
    over: str = ""


_Record = OwnWorkspace | Agent


class Ledger:
    """Ledger in the file ``path``, locked from construction until :meth:`close`.

    Raises:
        InUse: it is that of a living kernel.
        OSError: the file can't be made or read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mutex = threading.Lock()
        self._is_closed = False
        self._take_file()
        try:
            self._records, self.unreadable = _read(path)
            self._numbers = itertools.count(1 + max((each.number for each in self.workspaces), default=0))
        except BaseException:
            self._lock.release()
            raise

    @classmethod
    def begin(cls, folder: Path) -> Self:
        """Begin the ledger of this kernel, in a new file that is the user's alone.

        Raises:
            LedgerProblem: the folder can't be written, or its files can't be locked.
        """
        path = folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(4)}.jsonl"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            ledger = cls(path)
        except (InUse, OSError) as error:
            raise LedgerProblem(folder, _reason(error)) from None
        try:
            ledger._write(b"\n")  # a disk that is full is told here
        except (InUse, OSError) as error:
            ledger.close()
            raise LedgerProblem(folder, _reason(error)) from None
        return ledger

    @property
    def workspaces(self) -> list[OwnWorkspace]:
        """Workspaces that the kernel has created or may have created, oldest first."""
        return [each for each in self._records.values() if isinstance(each, OwnWorkspace)]

    @property
    def agents(self) -> list[Agent]:
        """Programs that the kernel has started, or was about to start, and not ended."""
        return [each for each in self._records.values() if isinstance(each, Agent)]

    def has_rested(self, seconds: float) -> bool:
        """Return True if nothing was recorded for so long."""
        try:
            return time.time() - self.path.stat().st_mtime > seconds
        except OSError:
            return False

    def expect_workspace(self, url: str, account_sid: str, name: str) -> OwnWorkspace:
        """Record a Workspace before the request that creates it is sent, and return the record.

        Raises:
            LedgerProblem: it can't be recorded, so the request must not be sent.
        """
        with self._mutex:
            # Never a number twice: the answer to an earlier request can still be on its way.
            record = OwnWorkspace(next(self._numbers), url, account_sid, name)
            self._record_first(record)
        return record

    def note(self, record: _Record) -> None:
        """Record what is known of a Workspace or an agent now.

        A line that can't be written is left out: then the lines before it make a later kernel look once more, by name.
        """
        with self._mutex:
            self._keep(record)
            with contextlib.suppress(InUse, OSError):
                self._write(_encode(record))

    def note_agent(self, settings: str) -> None:
        """Record a program before it is started, as the kernel could be killed at any moment from then on.

        Raises:
            LedgerProblem: it can't be recorded, so it must not be started.
        """
        with self._mutex:
            self._record_first(Agent(settings))

    def forget_agent(self, settings: str) -> None:
        """Record that a program has ended."""
        self.note(Agent(settings, over="ended"))

    def close(self) -> None:
        """Release the lock, and remove the file if nothing in it is left to do; from then on nothing is recorded."""
        with self._mutex:
            self._is_closed = True
            self._lock.release()
            if not self._records and not self.unreadable:
                with contextlib.suppress(OSError):
                    self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _record_first(self, record: _Record) -> None:
        """Record what is about to be created, and mustn't be without a record."""
        try:
            self._write(_encode(record))
        except (InUse, OSError) as error:
            raise LedgerProblem(self.path.parent, _reason(error)) from None
        self._keep(record)

    def _keep(self, record: _Record) -> None:
        if record.over:
            self._records.pop(_key(record), None)
        else:
            self._records[_key(record)] = record

    def _write(self, data: bytes) -> None:
        if self._is_closed:
            raise OSError(errno.EBADF, "this connection has ended")
        if self._presence.find_missing():  # somebody deleted `.local`: everything is to be written again
            self._lock.release()
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._take_file()
            data = b"".join(map(_encode, self._records.values())) + data
        descriptor = os.open(self.path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        try:
            os.lseek(descriptor, max(_START, os.fstat(descriptor).st_size), os.SEEK_SET)
            if os.write(descriptor, data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _take_file(self) -> None:
        self._lock = FileLock(self.path)
        try:
            self._presence = Presence(self.path)
        except OSError:
            self._lock.release()
            raise


def find_abandoned(folder: Path) -> Iterator[Ledger]:
    """Yield the ledgers of kernels that have ended, oldest first, each locked until the caller closes it."""
    for path in sorted(folder.glob("*.jsonl")):
        try:
            is_begun = path.stat().st_size > _START
            ledger = Ledger(path) if is_begun else None
        except (InUse, OSError):  # a living kernel's, one that was removed just now, another user's
            continue
        if ledger is not None:
            yield ledger


def _reason(error: InUse | OSError) -> str:
    return "its files can't be locked" if isinstance(error, InUse) else error.strerror or str(error)


def _key(record: _Record) -> tuple[type, int | str]:
    return type(record), record.number if isinstance(record, OwnWorkspace) else record.settings


def _encode(record: _Record) -> bytes:
    # A line begins with its line break, so that one that was torn spoils no other.
    return b"\n" + msgspec.json.encode(record)


def _read(path: Path) -> tuple[dict[tuple[type, int | str], _Record], int]:
    """Return what is left of the records in a ledger, and the number of lines that are none."""
    with path.open("rb", buffering=0) as file:
        file.seek(_START)
        lines = [line for line in file.read().split(b"\n") if line]
    records: dict[tuple[type, int | str], _Record] = {}
    unreadable = 0
    for line in lines:
        try:
            record = msgspec.json.decode(line, type=_Record)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            unreadable += 1
            continue
        records[_key(record)] = record
    return {key: record for key, record in records.items() if not record.over}, unreadable
