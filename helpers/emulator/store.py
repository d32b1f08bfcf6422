"""Where the emulator's state outlives its process: every accepted write is one committed transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from helpers.emulator.clock import Millis
from helpers.emulator.database import StoreRefused, open_database
from helpers.emulator.delivery_log import DeliveryEntry
from helpers.emulator.engine.changes import Alert, Changes
from helpers.emulator.engine.resources import (
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
from helpers.emulator.event_query import EventQuery
from helpers.emulator.event_table import EventTable

__all__ = ["KINDS", "Store", "StoreFailed", "StoreRefused", "Stored"]

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

_KEPT_DELIVERIES = 10_000

_encode = msgspec.json.Encoder().encode
_decode_entry = msgspec.json.Decoder(DeliveryEntry).decode
_decode_alert = msgspec.json.Decoder(Alert).decode

_SAVE = "INSERT INTO resources VALUES (?, ?, ?) ON CONFLICT (number) DO UPDATE SET body = excluded.body"
_SAVE_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class StoreFailed(Exception):
    """A write could not be kept, and nothing of it was: the disk is full, or fails."""


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

    One thread at a time may use it, any thread.

    Raises:
        StoreRefused: the file is in use, damaged, of another version, or not ours.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._database = open_database(path)
        self._db = self._database.connection
        self._events = EventTable(self._db)

    def load(self) -> Stored:
        """Everything but events and logs.

        Raises:
            StoreRefused: a record cannot be read.
        """
        try:
            rows = self._db.execute("SELECT kind, body FROM resources")
            decoders = {kind.kind: msgspec.json.Decoder(kind).decode for kind in KINDS}
            records = [decoders[kind](body) for kind, body in rows]
            meta = self.meta()
            last = self._events.last()
        except (sqlite3.Error, msgspec.MsgspecError, KeyError) as error:
            reason = f"A record in it cannot be read: {error}."
            raise StoreRefused(
                self.path or Path(":memory:"), reason, "Restore a copy, or name another file."
            ) from error
        records.sort(key=lambda record: (_RANK[record.kind], record.number))
        return Stored(records, meta, *last)

    def meta(self) -> dict[str, str]:
        """The entries kept beside the records."""
        return dict(self._db.execute("SELECT key, value FROM meta"))

    # -- writing -------------------------------------------------------------------------------

    def commit(self, changes: Changes, meta: dict[str, str]) -> None:
        """Keep what one command did, all of it or nothing.

        Raises:
            StoreFailed: the disk is full or fails; what was there before is untouched.
        """
        with self._transaction():
            self._write(changes)
            if meta:
                self._db.executemany(_SAVE_META, meta.items())
        if self._events.is_far_behind:
            with suppress(StoreFailed):  # nothing is lost by it: they are entered later
                self._index_events()

    def keep(self, meta: dict[str, str]) -> None:
        """Keep entries beside the records.

        Raises:
            StoreFailed: the disk is full or fails.
        """
        with self._transaction():
            self._db.executemany(_SAVE_META, meta.items())

    def replace(self, changes: Changes, meta: dict[str, str]) -> None:
        """Forget everything and keep ``changes`` instead, all of it or nothing.

        Raises:
            StoreFailed: the disk is full or fails; what was there before is untouched.
        """
        with self._transaction():
            for table in ("resources", "alerts", "deliveries", "meta"):
                self._db.execute(f"DELETE FROM {table}")
            self._events.clear()
            self._write(changes)
            self._db.executemany(_SAVE_META, meta.items())

    def add_delivery(self, entry: DeliveryEntry) -> None:
        """Log a delivery and give it its number; only the last ten thousand are kept.

        Raises:
            StoreFailed: the disk is full or fails.
        """
        with self._transaction():
            last = self._db.execute("SELECT max(number) FROM deliveries").fetchone()[0]
            entry.number = (last or 0) + 1
            row = (entry.number, entry.callback.workspace_sid, _encode(entry))
            self._db.execute("INSERT INTO deliveries VALUES (?, ?, ?)", row)
            self._db.execute("DELETE FROM deliveries WHERE number <= ?", (entry.number - _KEPT_DELIVERIES,))

    def close(self) -> None:
        """Bring everything into the one file and give it free; nothing works afterwards."""
        self._database.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
            self._database.committed()
        except BaseException as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise StoreFailed(f"Nothing of this write was kept: {error}.") from error
            raise

    def _write(self, changes: Changes) -> None:
        if changes.saved:
            rows = [(each.number, each.kind, _encode(each)) for each in changes.saved.values()]
            self._db.executemany(_SAVE, rows)
        if changes.deleted:
            numbers = [(each.number,) for each in changes.deleted.values()]
            self._db.executemany("DELETE FROM resources WHERE number = ?", numbers)
        if changes.events:
            self._events.add(changes.events)
        if changes.alerts:
            lines = [(each.workspace_sid, _encode(each)) for each in changes.alerts]
            self._db.executemany("INSERT INTO alerts (workspace_sid, body) VALUES (?, ?)", lines)

    def _index_events(self) -> None:
        try:
            self._events.index()
        except sqlite3.Error as error:
            raise StoreFailed(f"Events could not be made ready to be sought: {error}.") from error

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
        return self._events.until(number)

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
        limit: int | None = None,
    ) -> list[Event]:
        """Events of a workspace that fit everything given, oldest first; of any, where one of the first SIDs is given.

        Both ends of the window belong to it. ``task_channel`` is a SID or a unique name;
        ``after_number`` is the number of the last event of the page before.

        Raises:
            StoreFailed: events wait for their place in the index, and the disk is full or fails.
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
        )
        if self._events.is_behind:
            self._index_events()
        return list(islice(self._events.search(query), limit))

    def deliveries(
        self, workspace_sid: str | None = None, *, after_number: int = 0, limit: int = 1000
    ) -> list[DeliveryEntry]:
        """The delivery log, oldest first; of one workspace or of all."""
        sql = (
            "SELECT body FROM deliveries WHERE number > ? AND (? IS NULL OR workspace_sid = ?) ORDER BY number LIMIT ?"
        )
        rows = self._db.execute(sql, (after_number, workspace_sid, workspace_sid, limit))
        return [_decode_entry(body) for (body,) in rows]

    def delivery(self, number: int) -> DeliveryEntry | None:
        """One entry of the delivery log."""
        rows = self._db.execute("SELECT body FROM deliveries WHERE number = ?", (number,))
        return next((_decode_entry(body) for (body,) in rows), None)

    def alerts(self, workspace_sid: str | None = None) -> list[Alert]:
        """What Twilio's debugger would show, oldest first; of one workspace or of all."""
        sql = "SELECT body FROM alerts WHERE ? IS NULL OR workspace_sid = ? ORDER BY number"
        return [_decode_alert(body) for (body,) in self._db.execute(sql, (workspace_sid, workspace_sid))]
