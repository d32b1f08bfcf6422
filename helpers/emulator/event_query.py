"""How a list filter over events becomes a query."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from helpers.emulator.clock import Millis
from helpers.emulator.engine.resources import Event

__all__ = ["KEYS", "EventQuery"]

KEYS = ("sid", "reservation_sid", "task_sid", "worker_sid", "workspace_sid")
"""What an event can be sought by, the narrowest first."""


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
        """A SELECT of bodies in order, and its values; :meth:`fits` has the last word on each."""
        sought = {**self.about, "workspace_sid": self.workspace_sid}
        about = {name: value for name in KEYS if (value := sought.get(name)) is not None}
        terms: list[tuple[str, object]] = [("key = ?", next(iter(about.values())))]
        terms += [(f"{name} = ?", value) for name, value in about.items()]
        terms += self._window()
        where = " AND ".join(term for term, _ in terms)
        values = [value for _, value in terms]
        if self.event_types is not None:
            where += f" AND event_type IN ({', '.join('?' * len(self.event_types))})"
            values += self.event_types
        # CROSS JOIN: from the index to the events, never the other way round. The clock never runs backwards, so that
        # the order of the index is the order of the numbers, too.
        tables = "event_index AS entry CROSS JOIN events USING (number)"
        return f"SELECT body FROM {tables} WHERE {where} ORDER BY entry.event_date_ms, entry.number", values

    def fits(self, event: Event) -> bool:
        """Whether the event's data have what is asked for."""
        said = event.data.get
        if self.task_channel not in (None, said("task_channel_sid"), said("task_channel_unique_name")):
            return False
        return all(value is None or said(name) == value for name, value in self.data.items())

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
