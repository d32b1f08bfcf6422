"""Store of the emulator's state: every accepted write is in a committed transaction before it is answered."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from ..clock import Millis
from ..emulator_errors import StoreFailed, StoreRefused
from ..engine.model.changes import Alert, Changes
from ..engine.model.resources import (
    Activity,
    Event,
    PhoneCall,
    Record,
    Reservation,
    Task,
    TaskChannel,
    TaskQueue,
    Worker,
    WorkerChannel,
    Workflow,
    WorkflowRevision,
    Workspace,
)
from .callback_log import DeliveryEntry
from .database import open_database
from .entry_log import EntryLog
from .event_query import EventQuery
from .examination import spans
from .journal import Journal, UnreadableRow
from .projection import Projection

__all__ = ["KINDS", "Store", "Stored"]

KINDS: tuple[type[Record], ...] = (
    Workspace,
    Activity,
    TaskChannel,
    Worker,
    WorkerChannel,
    TaskQueue,
    Workflow,
    WorkflowRevision,
    Task,
    Reservation,
    PhoneCall,
)
"""Kinds of record, in an order in which each finds the records it refers to."""

_RANK = {kind.kind: rank for rank, kind in enumerate(KINDS)}

_T = TypeVar("_T")

_BEHIND = 16
"""Writes that the projection is behind: half a millisecond's work, best done between two requests."""

_FAR_BEHIND = 64
"""Writes after which the projection is updated at once, as no pause has come."""

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())

_DAMAGE = 20500
"""Code of an alert about damage: Twilio's for an internal error."""

_TROUBLE = (sqlite3.Error, msgspec.MsgspecError, ValueError)
"""Exceptions that the disk, or damaged content, can raise."""


class Stored(NamedTuple):
    """State at the start: records, in an order in which each finds the records it refers to.

    ``last_event_number`` and ``last_event_ms`` are 0 before the first event.
    """

    records: list[Record]
    meta: dict[str, str]
    last_event_number: int
    last_event_ms: Millis


class Store:
    """Records, events, alerts and the delivery log, in one SQLite file or, without a path, in a temporary database.

    Any thread can use it, one at a time. ``on_failure`` is called with the exception if a write can't be stored.

    Raises:
        StoreRefused: the file is in use, damaged, of another version, or not ours.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.on_failure: Callable[[Exception], None] = _ignore
        self._database = open_database(path)
        self._db = self._database.connection
        self._journal = Journal(self._db, self._database.last)
        self._projection = Projection(self._db)
        self._deliveries = EntryLog(self._db, "deliveries", DeliveryEntry)
        try:
            with self._refusing_unreadable():
                self._fresh = [(row.number, row.write()) for row in self._journal.since(self._projection.row())]
                """Writes that the projection doesn't include yet."""
                damaged = {log: log.find_damaged() for log in (self._deliveries, self._projection.alerts)}
        except BaseException:
            self._database.close()
            raise
        self.reported: list[str] = []
        """Sentences about damage found since the start, and about writes lost with a loss of power."""
        self._left_out: set[tuple[str, int]] = set()
        if self._database.lost:
            self._report(self._database.lost)
        for log, numbers in damaged.items():
            self._leave_out(log, numbers)

    def load(self) -> Stored:
        """Return everything except events and logs.

        Raises:
            StoreRefused: a record can't be read.
        """
        with self._refusing_unreadable():
            bodies, meta, last_event = self._projection.bodies(), self._projection.meta(), self._projection.last_event()
            for _, write in self._fresh:
                bodies |= write.saved
                for number in write.deleted:
                    bodies.pop(number, None)
                meta |= write.meta
                if write.events:
                    last_event = write.events[-1].number, write.events[-1].event_date_ms
            decoders = {kind.kind: msgspec.json.Decoder(kind).decode for kind in KINDS}
            records = [decoders[kind](body) for kind, body in bodies.values()]
        records.sort(key=lambda record: (_RANK[record.kind], record.number))
        return Stored(records, meta, *last_event)

    def meta(self) -> dict[str, str]:
        """Return the entries stored beside the records.

        Raises:
            StoreRefused: they can't be read.
        """
        with self._refusing_unreadable():
            meta = self._projection.meta()
            for _, write in self._fresh:
                meta |= write.meta
            return meta

    @property
    def writes(self) -> int:
        """Number of writes in the journal."""
        return self._journal.last.number - self._projection.first() + 1

    def refusal(self, reason: str) -> StoreRefused:
        """Return the exception that says why the file can't be used, and what to do."""
        return StoreRefused(self.path or Path(":memory:"), reason, "Restore a copy, or name another file.")

    # -- writing -------------------------------------------------------------------------------

    def commit(self, changes: Changes, meta: Mapping[str, str]) -> None:
        """Store the changes of one command, and entries beside the records, all or nothing.

        Raises:
            StoreFailed: the disk is full or fails; the earlier state is untouched.
        """
        self.note(changes, meta)
        self.keep()

    def note(self, changes: Changes, meta: Mapping[str, str]) -> None:
        """Add the changes of one command to those that the next :meth:`keep` stores together."""
        self._fresh += self._journal.add(changes, meta)

    def keep(self) -> None:
        """Store the noted changes, all or nothing.

        Raises:
            StoreFailed: the disk is full or fails; the earlier state is untouched, and ``on_failure`` was called.
        """
        if how_many := self._journal.waiting:
            try:
                with self._transaction(statements=how_many):
                    self._journal.keep()
            except Exception as failure:
                del self._fresh[-how_many:]
                self.on_failure(failure)
                raise
        if len(self._fresh) >= _FAR_BEHIND:
            self.catch_up()

    @property
    def is_behind(self) -> bool:
        """True if :meth:`catch_up` has work to do."""
        return len(self._fresh) >= _BEHIND

    def catch_up(self) -> None:
        """Update the projection if it is far enough behind; reading events does so in any case."""
        if self.is_behind and not self._journal.waiting:
            with suppress(StoreFailed):  # nothing is lost: the writes are applied later
                self._apply_fresh()

    def replace(self, changes: Changes, meta: Mapping[str, str]) -> None:
        """Replace everything by ``changes``, all or nothing.

        Raises:
            StoreFailed: the disk is full or fails; the earlier state is untouched.
        """
        self.keep()
        with self._transaction():
            for table in ("writes", "deliveries"):
                self._db.execute(f"DELETE FROM {table}")
            # Numbers continue, so that a later write never has the number of an acknowledged one.
            self._projection.forget(self._journal.last.number)
            writes = self._journal.add(changes, meta)
            self._journal.keep()
        self._fresh = writes

    def add_delivery(self, entry: DeliveryEntry) -> None:
        """Log a delivery and set its number.

        Raises:
            StoreFailed: the disk is full or fails.
        """
        self.keep()
        with self._transaction():
            entry.number = self._deliveries.last() + 1
            self._deliveries.add([(entry.callback.workspace_sid, entry)])

    def close(self) -> None:
        """Bring everything into the one file and release it; the store can't be used afterwards."""
        self._database.close()

    def _check_files(self) -> None:
        if (gone := self._database.find_missing_file()) is not None:
            _log.error("%s is gone or was replaced: nothing is kept until it is back", gone)
            raise StoreFailed(f"Nothing was stored or changed: {gone} is gone or was replaced. Start the server again.")

    def _apply_fresh(self) -> None:
        """Apply the writes that the projection lacks."""
        if self._fresh:
            with self._transaction():
                self._projection.apply(self._fresh)
            self._fresh = []

    @contextmanager
    def _transaction(self, *, statements: int = 2) -> Iterator[None]:
        """Run a transaction. A single statement is one by itself in SQLite, in half the time."""
        try:
            self._check_files()
            if statements > 1:
                self._db.execute("BEGIN IMMEDIATE")
            yield
            if statements > 1:
                self._db.execute("COMMIT")
        except BaseException as error:
            self._journal.discard()
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if isinstance(error, _TROUBLE):
                raise _store_failed(error) from error
            raise
        self._journal.confirm()
        self._database.note_commit(self._journal.last)

    @contextmanager
    def _refusing_unreadable(self) -> Iterator[None]:
        try:
            yield
        except (*_TROUBLE, KeyError) as error:
            raise self.refusal(f"A record in it cannot be read: {error}.") from error

    # -- reading -------------------------------------------------------------------------------

    def event(self, workspace_sid: str, sid: str) -> Event | None:
        """Return an event of a Workspace by its SID, or None."""
        return next(iter(self.events(workspace_sid, sid=sid, limit=1)), None)

    def event_anywhere(self, sid: str) -> Event | None:
        """Return an event of any Workspace by its SID, or None."""
        return next(iter(self.events(None, sid=sid, limit=1)), None)

    def events_about(self, task_sid: str) -> list[Event]:
        """Return the events about a Task, oldest first."""
        return self.events(None, task_sid=task_sid)

    def events_until(self, number: int) -> list[Event]:
        """Return the events of all Workspaces up to a number, oldest first."""
        self.keep()
        rows = range(self._projection.first(), self._journal.last.number + 1)
        events = (event for row in rows for event in self._events_of(row))
        return list(takewhile(lambda event: event.number <= number, events))

    def events(
        self,
        workspace_sid: str | None,
        *,
        start_ms: Millis | None = None,
        end_ms: Millis | None = None,
        event_type: str | Collection[str] | None = None,
        sid: str | None = None,
        task_sid: str | None = None,
        worker_sid: str | None = None,
        reservation_sid: str | None = None,
        task_queue_sid: str | None = None,
        workflow_sid: str | None = None,
        task_channel: str | None = None,
        after_number: int = 0,
        before_number: int = 0,
        limit: int | None = None,
    ) -> list[Event]:
        """Return the events of a Workspace that meet every condition, oldest first.

        ``workspace_sid`` can be None, for all Workspaces, if one of the SIDs up to ``reservation_sid`` is given. Events
        of a damaged write are left out, and an alert reports it. Both ends of the window are included.
        ``task_channel`` is a SID or a unique name. ``after_number`` and ``before_number`` are the numbers of existing
        events where a page ends: the last of the page before, or the first of the page after. With
        ``before_number`` the newest come first.

        Raises:
            StoreFailed: they can't be read; or the projection is behind, and the disk is full or fails.
        """
        query = EventQuery(
            workspace_sid=workspace_sid,
            start_ms=start_ms,
            end_ms=end_ms,
            event_types=(event_type,) if isinstance(event_type, str) else event_type,
            about={"sid": sid, "reservation_sid": reservation_sid, "task_sid": task_sid, "worker_sid": worker_sid},
            data={"task_queue_sid": task_queue_sid, "workflow_sid": workflow_sid},
            task_channel=task_channel,
            after_number=after_number,
            before_number=before_number,
        )
        self.keep()
        self._apply_fresh()
        try:
            return list(islice(self._projection.search(query, self._events_of), limit))
        except _TROUBLE as error:
            raise StoreFailed(f"Events cannot be read: {error}.") from error

    def _events_of(self, number: int) -> list[Event]:
        """Return the events of a row; [] if it is damaged, which is reported once."""
        try:
            return self._journal.row(number).events()
        except (UnreadableRow, msgspec.MsgspecError):
            self._report(f"Write number {number} cannot be read any more: its events are left out of every list.")
            return []

    def _report(self, text: str) -> None:
        """Add an alert about damage, once for each text."""
        if text in self.reported:
            return
        self.reported.append(text)
        _log.error("%s", text)
        alert = Alert(code=_DAMAGE, text=text, resource_sid="", workspace_sid="", at=int(time.time() * 1000))
        with suppress(StoreFailed):
            self.commit(Changes(at=alert.at, alerts=[alert]), {})

    def _leave_out(self, log: EntryLog[Any], numbers: Iterable[int]) -> None:
        """Report damaged entries, each once."""
        new = [number for number in numbers if (log.table, number) not in self._left_out]
        self._left_out.update((log.table, number) for number in new)
        if new:
            which, are = ("Number", "it is") if len(new) == 1 else ("Numbers", "they are")
            named = ", ".join(f"{first} to {last}" if first < last else str(first) for first, last in spans(new))
            self._report(f"{which} {named} of the {log.table} cannot be read any more: {are} left out of every list.")

    def deliveries(
        self, workspace_sid: str | None = None, *, after_number: int = 0, limit: int = 1000
    ) -> list[DeliveryEntry]:
        """Return the delivery log of one Workspace or of all, oldest first.

        A damaged entry is left out, and an alert reports it.

        Raises:
            StoreFailed: the log can't be read.
        """
        return [entry for _, entry in self._entries(self._deliveries, workspace_sid, after_number, limit)]

    def delivery(self, number: int) -> DeliveryEntry | None:
        """Return an entry of the delivery log, or None if there is none or it is damaged.

        Raises:
            StoreFailed: the log can't be read.
        """
        found = self._entries(self._deliveries, None, number - 1, 1)
        return next((entry for each, entry in found if each == number), None)

    def alerts(self, workspace_sid: str | None = None, *, after_number: int = 0, limit: int = 1000) -> list[Alert]:
        """Return the alerts of one Workspace or of all, as Twilio's debugger has them, oldest first.

        The last ten thousand are kept. A damaged one is left out, and another one reports it.

        Raises:
            StoreFailed: they can't be read; or the projection is behind, and the disk is full or fails.
        """
        self.keep()
        self._apply_fresh()
        found = self._entries(self._projection.alerts, workspace_sid, after_number, limit)
        return [msgspec.structs.replace(alert, number=number) for number, alert in found]

    def _entries(
        self, log: EntryLog[_T], workspace_sid: str | None, after_number: int, limit: int
    ) -> list[tuple[int, _T]]:
        """Return the sound entries, each with its number, and report damaged ones."""
        try:
            found, damaged = log.read(workspace_sid, after_number, limit)
        except sqlite3.Error as error:
            raise StoreFailed(f"The {log.table} cannot be read: {error}.") from error
        self._leave_out(log, damaged)
        return found


def _ignore(failure: Exception) -> None:
    """Do nothing: the caller gets the exception too."""


def _store_failed(error: BaseException) -> StoreFailed:
    return StoreFailed(f"Nothing was stored or changed: {error}.")
