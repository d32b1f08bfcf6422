"""Records rebuilt from the journal alone, to compare with the projection.

A record's checksum can't show that a record is missing, or that it is an earlier version: a lost page of the file
leaves both.
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


class _Content(msgspec.Struct, array_like=True):
    """Content of a row of which events and alerts aren't decoded."""

    saved: dict[int, tuple[str, msgspec.Raw]]
    deleted: list[int]
    events: msgspec.Raw
    alerts: msgspec.Raw
    meta: dict[str, str]


_decode = msgspec.json.Decoder(_Content).decode


class RebuiltRecords:
    """Records, and the entries beside them, as of the rows added."""

    def __init__(self) -> None:
        self._records: dict[int, tuple[str, int]] = {}
        """Name and checksum of each record, by its number."""
        self._meta: dict[str, str] = {}

    def add(self, row: JournalRow) -> None:
        """Apply the next row.

        Raises:
            msgspec.MsgspecError: it can't be read.
        """
        content = _decode(row.body)
        for number, (kind, body) in content.saved.items():
            found = _SID.search(body)
            name = found[1].decode() if found else str(number)
            self._records[number] = f"{kind} {name}", checksum(number, kind, body)
        for number in content.deleted:
            self._records.pop(number, None)
        self._meta |= content.meta

    def compare(self, projection: Projection) -> None:
        """Compare the records with the projection of the same rows.

        Raises:
            ValueError: they differ; the text says where.
        """
        found = {number: checksum(number, kind, body) for number, (kind, body) in projection.bodies().items()}
        meta = projection.meta()
        differing = [name for number, (name, known) in self._records.items() if found.get(number) != known]
        differing += [f"record {number}" for number in found.keys() - self._records.keys()]
        differing += [key for key, value in self._meta.items() if meta.get(key) != value]
        if differing:
            more = f" and {len(differing) - _NAMED} more" if len(differing) > _NAMED else ""
            raise ValueError(f"missing or not as last written: {', '.join(differing[:_NAMED])}{more}")
