"""The events table: how an event becomes a row, and how a list filter becomes a query."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from helpers.emulator.clock import Millis
from helpers.emulator.engine.resources import Event

__all__ = ["ADD_EVENT", "EventQuery", "event_row"]

ADD_EVENT = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"

_INDEXES = {
    "sid": "events_by_sid",
    "reservation_sid": "events_by_reservation",
    "task_sid": "events_by_task",
    "worker_sid": "events_by_worker",
}
"""The narrowest first."""


def event_row(event: Event, body: bytes) -> tuple[object, ...]:
    """The values of :data:`ADD_EVENT`."""
    said = event.data.get
    return (
        event.number,
        event.sid,
        event.workspace_sid,
        event.event_type,
        event.event_date_ms,
        said("task_sid"),
        said("worker_sid"),
        said("reservation_sid"),
        body,
    )


class EventQuery(msgspec.Struct, kw_only=True, frozen=True):
    """What is asked for. Both ends of the window belong to it; None and absent ask for nothing.

    ``about`` names SIDs that have an index. ``data`` names fields of the event's data, and
    ``task_channel`` a SID or unique name: few values there, each common, so that walking the window and
    looking costs no more than an index would, which every write would pay for.
    """

    workspace_sid: str
    start_ms: Millis | None
    end_ms: Millis | None
    event_types: Collection[str] | None
    about: Mapping[str, str | None]
    data: Mapping[str, str | None]
    task_channel: str | None
    after_number: int

    def sql(self) -> tuple[str, list[object]]:
        """A SELECT of bodies in order, and its values; :meth:`fits` has the last word on each."""
        about = {name: value for name in _INDEXES if (value := self.about.get(name)) is not None}
        index = _INDEXES[next(iter(about))] if about else "events_by_date"
        terms: list[tuple[str, object]] = [("workspace_sid = ?", self.workspace_sid)]
        terms += [(f"{name} = ?", value) for name, value in about.items()]
        terms += self._window()
        where = " AND ".join(term for term, _ in terms)
        values = [value for _, value in terms]
        if self.event_types is not None:
            where += f" AND event_type IN ({', '.join('?' * len(self.event_types))})"
            values += self.event_types
        # The clock never runs backwards, so both orders are one; each is the order of its index.
        order = "number" if about else "event_date_ms, number"
        return f"SELECT body FROM events INDEXED BY {index} WHERE {where} ORDER BY {order}", values

    def fits(self, event: Event) -> bool:
        """Whether the event's data have what is asked for."""
        said = event.data.get
        if self.task_channel not in (None, said("task_channel_sid"), said("task_channel_unique_name")):
            return False
        return all(value is None or said(name) == value for name, value in self.data.items())

    def _window(self) -> list[tuple[str, object]]:
        terms: list[tuple[str, object]] = []
        if self.start_ms is not None:
            terms.append(("event_date_ms >= ?", self.start_ms))
        if self.end_ms is not None:
            terms.append(("event_date_ms <= ?", self.end_ms))
        if self.after_number:
            # The second term lets the index start where the page before ended.
            terms.append(("number > ?", self.after_number))
            terms.append(("event_date_ms >= (SELECT event_date_ms FROM events WHERE number = ?)", self.after_number))
        return terms
