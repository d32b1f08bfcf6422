"""Tells from the log of writes alone which records there have to be.

A record carries a checksum, which says nothing of one that is gone, nor of one that is as it was some writes ago: both
are what a lost page of the file leaves.
"""

from __future__ import annotations

import re

import msgspec

from .file.checksum import checksum
from .journal import JournalRow
from .projection import Projection

__all__ = ["RebuiltRecords"]

_NAMED = 5

_SID = re.compile(rb'"sid":"([^"]*)"')


class _Told(msgspec.Struct, array_like=True):
    """A row of which events and alerts are not read."""

    saved: dict[int, tuple[str, msgspec.Raw]]
    deleted: list[int]
    events: msgspec.Raw
    alerts: msgspec.Raw
    meta: dict[str, str]


_decode = msgspec.json.Decoder(_Told).decode


class RebuiltRecords:
    """Records, and the entries beside them, after the rows that were added."""

    def __init__(self) -> None:
        self._records: dict[int, tuple[str, int]] = {}
        """What each is called, and its checksum, by its number."""
        self._meta: dict[str, str] = {}

    def add(self, row: JournalRow) -> None:
        """Go on with the next row.

        Raises:
            msgspec.MsgspecError: it cannot be read.
        """
        told = _decode(row.body)
        for number, (kind, body) in told.saved.items():
            found = _SID.search(body)
            name = found[1].decode() if found else str(number)
            self._records[number] = f"{kind} {name}", checksum(number, kind, body)
        for number in told.deleted:
            self._records.pop(number, None)
        self._meta |= told.meta

    def compare(self, projection: Projection) -> None:
        """Look whether the projection of these rows holds just that.

        Raises:
            ValueError: it does not; the text names what differs.
        """
        found = {number: checksum(number, kind, body) for number, (kind, body) in projection.bodies().items()}
        meta = projection.meta()
        differing = [name for number, (name, known) in self._records.items() if found.get(number) != known]
        differing += [f"record {number}" for number in found.keys() - self._records.keys()]
        differing += [key for key, value in self._meta.items() if meta.get(key) != value]
        if differing:
            more = f" and {len(differing) - _NAMED} more" if len(differing) > _NAMED else ""
            raise ValueError(f"missing or not as last written: {', '.join(differing[:_NAMED])}{more}")
