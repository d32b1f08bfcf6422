"""Index of records: in groups of equal values, each group in order.

An entry holds the values by which a record is indexed. It stays as it is while the record changes, so that the record
is found where it was indexed, until a new entry replaces it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache
from itertools import product
from operator import attrgetter
from typing import Any

import msgspec
from sortedcontainers import SortedList

__all__ = ["Ordering", "SortKey", "SortedIndex", "entry_type", "sort_key"]

Ordering = tuple[tuple[str, int], ...]
"""(field, 1 or -1) pairs by which records are sorted, then by order of creation."""

SortKey = tuple[int, ...]
"""Position of a record in an ordering: the fields it is sorted by, each times 1 or -1, then its number."""

_GroupKey = tuple[Any, ...]
"""Values that all records of a group have in the fields of the index."""


def sort_key(ordering: Ordering) -> Callable[[Any], SortKey]:
    """Return the function that reads a record's sort key."""
    return lambda record: (*(sign * getattr(record, name) for name, sign in ordering), record.number)


class SortedIndex:
    """Records in groups with equal values in ``fields``, each group in order.

    A group holds the sort keys of its records, or their bare numbers where there is no ordering.
    """

    def __init__(self, fields: tuple[str, ...], ordering: Ordering, several: Collection[str], entries: Iterable[Any]):
        self._fields = fields
        self._several = any(field in several for field in fields)
        self._sort_key = attrgetter(*(name if sign > 0 else _descending(name) for name, sign in ordering), "number")
        groups = defaultdict[_GroupKey, list[Any]](list)
        for entry in entries:
            for group_key in self._group_keys(entry):
                groups[group_key].append(self._sort_key(entry))
        self.groups = {group_key: SortedList(keys) for group_key, keys in groups.items()}

    def move(self, before: Any, after: Any) -> None:
        """Replace one entry by another; ``before`` is None for a new record, ``after`` for a removed one."""
        old, new = self._keys(before), self._keys(after)
        if old == new:
            return
        for group_key, key in old:
            self.groups[group_key].remove(key)
            if not self.groups[group_key]:
                del self.groups[group_key]
        for group_key, key in new:
            if group_key not in self.groups:
                self.groups[group_key] = SortedList()
            self.groups[group_key].add(key)

    def _keys(self, entry: Any) -> list[tuple[_GroupKey, Any]]:
        return [] if entry is None else [(each, self._sort_key(entry)) for each in self._group_keys(entry)]

    def _group_keys(self, entry: Any) -> Iterable[_GroupKey]:
        values = [getattr(entry, field) for field in self._fields]
        if not self._several:
            return (tuple(values),)
        return product(*(value if isinstance(value, tuple) else (value,) for value in values))


@cache
def entry_type(fields: tuple[str, ...], orders: tuple[str, ...], several: tuple[str, ...]) -> type[msgspec.Struct]:
    """Return the class of a table's entries: fields as a record names them, ``orders`` negated, then ``several``."""
    return msgspec.defstruct("Entry", [*fields, *map(_descending, orders), *several], frozen=True, gc=False)


def _descending(field: str) -> str:
    """Return the name of a negated field in an entry: sorted by it, the greatest value comes first."""
    return f"descending_{field}"
