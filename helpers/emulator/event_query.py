"""How a list filter over events becomes a query."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from zlib import crc32

import msgspec

from helpers.emulator.clock import Millis
from helpers.emulator.engine.resources import Event

__all__ = ["EventQuery", "fingerprint", "keys"]

_IN_DATA = ("reservation_sid", "task_sid", "worker_sid")
_NARROWEST_FIRST = ("sid", *_IN_DATA, "workspace_sid")


def fingerprint(text: str) -> int:
    """A number for a text, as the index knows it: two texts may share one, and :meth:`EventQuery.fits` tells them."""
    return crc32(text.encode()) & 0x7FFFFFFF


def keys(event: Event) -> list[int]:
    """The SIDs by which an event can be sought, each as a fingerprint."""
    sids = event.sid, event.workspace_sid, *(event.data[name] for name in _IN_DATA if name in event.data)
    return [fingerprint(sid) for sid in sids]


class EventQuery(msgspec.Struct, kw_only=True, frozen=True):
    """What is asked for. Both ends of the window belong to it; None and absent ask for nothing.

    ``about`` names SIDs that are indexed. ``data`` names fields of the event's data, and
    ``task_channel`` a SID or unique name: few values there, each common, so that walking the window and
    looking costs no more than an index would, which every write would pay for. Events stand in order, but those before
    ``before_number`` in the reverse order.
    """

    workspace_sid: str | None
    start_ms: Millis | None
    end_ms: Millis | None
    event_types: Collection[str] | None
    about: Mapping[str, str | None]
    data: Mapping[str, str | None]
    task_channel: str | None
    after_number: int = 0
    before_number: int = 0

    def sql(self) -> tuple[str, list[object]]:
        """A SELECT of events' numbers, each with its row of the log, in order, and the values that belong to it.

        It looks at the narrowest of the SIDs; :meth:`fits` has the last word on each event.
        """
        sought = {**self.about, "workspace_sid": self.workspace_sid}
        terms: list[tuple[str, Collection[object]]] = [
            ("key = ?", [fingerprint(next(sid for name in _NARROWEST_FIRST if (sid := sought.get(name)) is not None))]),
            *_edge(">", "max", self.start_ms, self.after_number),
            *_edge("<", "min", self.end_ms, self.before_number),
        ]
        if self.event_types is not None:
            types = [fingerprint(each) for each in self.event_types]
            terms.append((f"event_type IN ({', '.join('?' * len(types))})", types))
        where = " AND ".join(term for term, _ in terms)
        values = [value for _, given in terms for value in given]
        # CROSS JOIN: from the index to the events, never the other way round. The clock never runs backwards, so that
        # the order of the index is the order of the numbers, too.
        tables = "event_index AS entry CROSS JOIN events USING (number)"
        direction = "DESC" if self.before_number else "ASC"
        order = f"entry.event_date_ms {direction}, entry.number {direction}"
        return f"SELECT events.number, events.row FROM {tables} WHERE {where} ORDER BY {order}", values

    def fits(self, event: Event) -> bool:
        """Whether the event is what is asked for."""
        if self.event_types is not None and event.event_type not in self.event_types:
            return False
        said = {**event.data, "sid": event.sid, "workspace_sid": event.workspace_sid}.get
        if self.task_channel not in (None, said("task_channel_sid"), said("task_channel_unique_name")):
            return False
        wanted = {**self.about, **self.data, "workspace_sid": self.workspace_sid}
        return all(value is None or said(name) == value for name, value in wanted.items())


def _edge(sign: str, nearer: str, moment: Millis | None, number: int) -> Iterator[tuple[str, list[object]]]:
    """One end of the window and of the page: the index is entered at whichever is nearer."""
    edges = {"?": moment, "(SELECT event_date_ms FROM events WHERE number = ?)": number or None}
    given = {term: value for term, value in edges.items() if value is not None}
    if given:
        edge = f"{nearer}({', '.join(given)})" if len(given) > 1 else next(iter(given))
        yield f"entry.event_date_ms {sign}= {edge}", list(given.values())
    if number:
        yield f"entry.number {sign} ?", [number]
