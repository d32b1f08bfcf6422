"""Where the emulator's state outlives its process: every accepted write is one committed transaction."""

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
)
"""In an order in which each record finds what it refers to."""

_RANK = {kind.kind: rank for rank, kind in enumerate(KINDS)}

_T = TypeVar("_T")

_BEHIND = 16
"""Writes that the projection is behind: half a millisecond's work, which is best done between a client's requests."""

_FAR_BEHIND = 64
"""Nobody found a moment for it."""

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())

_DAMAGE = 20500
"""The code of an alert about damage: Twilio's for an internal error."""

_TROUBLE = (sqlite3.Error, msgspec.MsgspecError, ValueError)
"""What the disk, or what stands there, may answer."""


class Stored(NamedTuple):
    """What a start finds: records in an order in which each finds what it refers to.

    ``last_event_number`` and ``last_event_ms`` are 0 before the first event.
    """

    records: list[Record]
    meta: dict[str, str]
    last_event_number: int
    last_event_ms: Millis


class Store:
    """Records, events, alerts and the delivery log, in one SQLite file or, without a path, in none.

    One thread at a time may use it, any thread. ``on_failure`` hears of each write that could not be kept.

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
                """The writes that the projection does not know of yet."""
                damaged = {log: log.damaged() for log in (self._deliveries, self._projection.alerts)}
        except BaseException:
            self._database.close()
            raise
        self.told: list[str] = []
        """Damage that was told since the start, and what a loss of power took."""
        self._left_out: set[tuple[str, int]] = set()
        if self._database.lost:
            self._tell(self._database.lost)
        for log, numbers in damaged.items():
            self._leave_out(log, numbers)

    def load(self) -> Stored:
        """Everything but events and logs.

        Raises:
            StoreRefused: a record cannot be read.
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
        """The entries kept beside the records.

        Raises:
            StoreRefused: they cannot be read.
        """
        with self._refusing_unreadable():
            meta = self._projection.meta()
            for _, write in self._fresh:
                meta |= write.meta
            return meta

    def refusal(self, reason: str) -> StoreRefused:
        """Why the file cannot be used, and what to do."""
        return StoreRefused(self.path or Path(":memory:"), reason, "Restore a copy, or name another file.")

    # -- writing -------------------------------------------------------------------------------

    def commit(self, changes: Changes, meta: Mapping[str, str]) -> None:
        """Keep what one command did, and entries beside the records, all of it or nothing.

        Raises:
            StoreFailed: the disk is full or fails; what was there before is untouched.
        """
        self.note(changes, meta)
        self.keep()

    def note(self, changes: Changes, meta: Mapping[str, str]) -> None:
        """Take what one command did, to be kept together with what follows until :meth:`keep`."""
        self._fresh += self._journal.add(changes, meta)

    def keep(self) -> None:
        """Keep what was noted, all of it or nothing.

        Raises:
            StoreFailed: the disk is full or fails; what was there before is untouched, and ``on_failure`` was told.
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
        """Whether there is something for :meth:`catch_up` to do."""
        return len(self._fresh) >= _BEHIND

    def catch_up(self) -> None:
        """Bring up to date what answers questions, if it is behind; reading does so in any case."""
        if self.is_behind and not self._journal.waiting:
            with suppress(StoreFailed):  # nothing is lost by it: they are taken in later
                self._take_in()

    def replace(self, changes: Changes, meta: Mapping[str, str]) -> None:
        """Forget everything and keep ``changes`` instead, all of it or nothing.

        Raises:
            StoreFailed: the disk is full or fails; what was there before is untouched.
        """
        self.keep()
        with self._transaction():
            for table in ("writes", "deliveries"):
                self._db.execute(f"DELETE FROM {table}")
            # Numbers go on, so that a later write never has a number that was acknowledged before.
            self._projection.forget(self._journal.last.number)
            writes = self._journal.add(changes, meta)
            self._journal.keep()
        self._fresh = writes

    def add_delivery(self, entry: DeliveryEntry) -> None:
        """Log a delivery and give it its number.

        Raises:
            StoreFailed: the disk is full or fails.
        """
        self.keep()
        with self._transaction():
            entry.number = self._deliveries.last() + 1
            self._deliveries.add([(entry.callback.workspace_sid, entry)])

    def close(self) -> None:
        """Bring everything into the one file and give it free; nothing works afterwards."""
        self._database.close()

    def _look_for_files(self) -> None:
        if (gone := self._database.gone()) is not None:
            _log.error("%s is gone or was replaced: nothing is kept until it is back", gone)
            raise StoreFailed(f"Nothing was stored or changed: {gone} is gone or was replaced. Start the server again.")

    def _take_in(self) -> None:
        """Bring the projection up to date: what it says counts only then."""
        if self._fresh:
            with self._transaction():
                self._projection.apply(self._fresh)
            self._fresh = []

    @contextmanager
    def _transaction(self, *, statements: int = 2) -> Iterator[None]:
        """All of it or nothing. SQLite makes one of a single statement itself, in half the time."""
        try:
            self._look_for_files()
            if statements > 1:
                self._db.execute("BEGIN IMMEDIATE")
            yield
            if statements > 1:
                self._db.execute("COMMIT")
        except BaseException as error:
            self._journal.take_back()
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if isinstance(error, _TROUBLE):
                raise _failed(error) from error
            raise
        self._journal.kept()
        self._database.committed(self._journal.last)

    @contextmanager
    def _refusing_unreadable(self) -> Iterator[None]:
        try:
            yield
        except (*_TROUBLE, KeyError) as error:
            raise self.refusal(f"A record in it cannot be read: {error}.") from error

    # -- reading -------------------------------------------------------------------------------

    def event(self, workspace_sid: str, sid: str) -> Event | None:
        """One event by its SID."""
        return next(iter(self.events(workspace_sid, sid=sid, limit=1)), None)

    def event_anywhere(self, sid: str) -> Event | None:
        """One event by its SID, of whichever workspace."""
        return next(iter(self.events(None, sid=sid, limit=1)), None)

    def events_about(self, task_sid: str) -> list[Event]:
        """The events about a Task, of whichever workspace, oldest first."""
        return self.events(None, task_sid=task_sid)

    def events_until(self, number: int) -> list[Event]:
        """The events of all workspaces up to one of them, oldest first."""
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
        """Events of a workspace that fit everything given, oldest first; of any, where one of the first SIDs is given.

        Those of a damaged write are left out, and an alert tells it.

        Both ends of the window belong to it. ``task_channel`` is a SID or a unique name. ``after_number`` and
        ``before_number`` are numbers of events that are there, where a page ends: the last of the page before, or the
        first of the page after, and then the newest come first.

        Raises:
            StoreFailed: they cannot be read; or some wait to be taken in, and the disk is full or fails.
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
        self._take_in()
        try:
            return list(islice(self._projection.search(query, self._events_of), limit))
        except _TROUBLE as error:
            raise StoreFailed(f"Events cannot be read: {error}.") from error

    def _events_of(self, number: int) -> list[Event]:
        """The events of a row; none where it is damaged, which is told once."""
        try:
            return self._journal.row(number).events()
        except (UnreadableRow, msgspec.MsgspecError):
            self._tell(f"Write number {number} cannot be read any more: its events are left out of every list.")
            return []

    def _tell(self, text: str) -> None:
        """Leave an alert about damage, once."""
        if text in self.told:
            return
        self.told.append(text)
        _log.error("%s", text)
        alert = Alert(code=_DAMAGE, text=text, resource_sid="", workspace_sid="", at=int(time.time() * 1000))
        with suppress(StoreFailed):
            self.commit(Changes(at=alert.at, alerts=[alert]), {})

    def _leave_out(self, log: EntryLog[Any], numbers: Iterable[int]) -> None:
        """Tell which entries are damaged, each once."""
        new = [number for number in numbers if (log.table, number) not in self._left_out]
        self._left_out.update((log.table, number) for number in new)
        if new:
            which, are = ("Number", "it is") if len(new) == 1 else ("Numbers", "they are")
            named = ", ".join(f"{first} to {last}" if first < last else str(first) for first, last in spans(new))
            self._tell(f"{which} {named} of the {log.table} cannot be read any more: {are} left out of every list.")

    def deliveries(
        self, workspace_sid: str | None = None, *, after_number: int = 0, limit: int = 1000
    ) -> list[DeliveryEntry]:
        """The delivery log, oldest first; of one workspace or of all.

        A damaged entry is left out, and an alert tells it.

        Raises:
            StoreFailed: none can be read.
        """
        return [entry for _, entry in self._entries(self._deliveries, workspace_sid, after_number, limit)]

    def delivery(self, number: int) -> DeliveryEntry | None:
        """One entry of the delivery log, if it can be read.

        Raises:
            StoreFailed: none can be read.
        """
        found = self._entries(self._deliveries, None, number - 1, 1)
        return next((entry for each, entry in found if each == number), None)

    def alerts(self, workspace_sid: str | None = None, *, after_number: int = 0, limit: int = 1000) -> list[Alert]:
        """What Twilio's debugger would show, oldest first; of one workspace or of all. The last ten thousand are kept.

        A damaged one is left out, and another one tells it.

        Raises:
            StoreFailed: none can be read; or some wait to be taken in, and the disk is full or fails.
        """
        self.keep()
        self._take_in()
        found = self._entries(self._projection.alerts, workspace_sid, after_number, limit)
        return [msgspec.structs.replace(alert, number=number) for number, alert in found]

    def _entries(
        self, log: EntryLog[_T], workspace_sid: str | None, after_number: int, limit: int
    ) -> list[tuple[int, _T]]:
        """Entries that can be read, each with its number."""
        try:
            found, damaged = log.read(workspace_sid, after_number, limit)
        except sqlite3.Error as error:
            raise StoreFailed(f"The {log.table} cannot be read: {error}.") from error
        self._leave_out(log, damaged)
        return found


def _ignore(failure: Exception) -> None:
    """Whoever called hears of it, too."""


def _failed(error: BaseException) -> StoreFailed:
    return StoreFailed(f"Nothing was stored or changed: {error}.")
