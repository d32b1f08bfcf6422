"""How a list filter over events becomes a query."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from helpers.emulator.clock import Millis
from helpers.emulator.engine.resources import Event

__all__ = ["EventQuery", "keys"]

_IN_DATA = ("reservation_sid", "task_sid", "worker_sid")
_NARROWEST_FIRST = ("sid", *_IN_DATA, "workspace_sid")


def keys(event: Event) -> list[str]:
    """The SIDs by which an event can be sought."""
    return [event.sid, event.workspace_sid, *(event.data[name] for name in _IN_DATA if name in event.data)]


class EventQuery(msgspec.Struct, kw_only=True, frozen=True):
    """What is asked for. Both ends of the window belong to it; None and absent ask for nothing.

    ``about`` names SIDs that are indexed. ``data`` names fields of the event's data, and
    ``task_channel`` a SID or unique name: few values there, each common, so that walking the window and
    looking costs no more than an index would, which every write would pay for.
    """

    workspace_sid: str | None
    start_ms: Millis | None
    end_ms: Millis | None
    event_types: Collection[str] | None
    about: Mapping[str, str | None]
    data: Mapping[str, str | None]
    task_channel: str | None
    after_number: int

    def sql(self) -> tuple[str, list[object]]:
        """A SELECT of events' numbers, each with its row of the log, in order, and the values that belong to it.

        It looks at the narrowest of the SIDs; :meth:`fits` has the last word on each event.
        """
        sought = {**self.about, "workspace_sid": self.workspace_sid}
        key = next(value for name in _NARROWEST_FIRST if (value := sought.get(name)) is not None)
        terms: list[tuple[str, object]] = [("key = ?", key), *self._window()]
        where = " AND ".join(term for term, _ in terms)
        values = [value for _, value in terms]
        if self.event_types is not None:
            where += f" AND event_type IN ({', '.join('?' * len(self.event_types))})"
            values += self.event_types
        # CROSS JOIN: from the index to the events, never the other way round. The clock never runs backwards, so that
        # the order of the index is the order of the numbers, too.
        tables = "event_index AS entry CROSS JOIN events USING (number) CROSS JOIN writes ON writes.number = events.row"
        order = "entry.event_date_ms, entry.number"
        return f"SELECT events.number, events.row, writes.body FROM {tables} WHERE {where} ORDER BY {order}", values

    def fits(self, event: Event) -> bool:
        """Whether the event is about what is asked for."""
        said = {**event.data, "sid": event.sid, "workspace_sid": event.workspace_sid}.get
        if self.task_channel not in (None, said("task_channel_sid"), said("task_channel_unique_name")):
            return False
        wanted = {**self.about, **self.data, "workspace_sid": self.workspace_sid}
        return all(value is None or said(name) == value for name, value in wanted.items())

    def _window(self) -> list[tuple[str, object]]:
        terms: list[tuple[str, object]] = []
        if self.start_ms is not None:
            terms.append(("entry.event_date_ms >= ?", self.start_ms))
        if self.end_ms is not None:
            terms.append(("entry.event_date_ms <= ?", self.end_ms))
        if self.after_number:
            # The second term lets the index start where the page before ended.
            terms.append(("entry.number > ?", self.after_number))
            terms.append(
                ("entry.event_date_ms >= (SELECT event_date_ms FROM events WHERE number = ?)", self.after_number)
            )
        return terms
