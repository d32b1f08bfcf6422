"""Tables of records of one kind: by SID, and in the groups and orders that lists and statistics need.

An index is built when it is first used and updated from then on, so that an unused one costs nothing. Each takes up to
75 bytes a record, beside some 240 for the entry that all share, and a few microseconds at each change of a record;
therefore only the most recently used ones are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from heapq import merge
from itertools import product
from operator import attrgetter, neg
from typing import Any, Generic, TypeVar

from sortedcontainers import SortedList

from ..model.resources import Record
from .sorted_index import Ordering, SortedIndex, SortKey, entry_type

__all__ = ["Listing", "RecordTable"]

R = TypeVar("R", bound=Record)

Test = Callable[[R], bool]

Where = Mapping[str, Collection[Any]]
"""Field → values, of which a record must have one."""

_MOST = 8
"""Number of indexes that are kept: the four that real-time statistics need, and as many for lists."""


class RecordTable(dict[str, R]):
    """Records of one kind by SID, in order of creation.

    A record is changed in place and then put again; its entry holds the values by which it is indexed.

    Args:
        groups: fields to find records by.
        orders: integer fields to sort records by, and to find them by as well.
        several: fields with several values in one record, to find records by, each with the function that reads them.
    """

    def __init__(
        self,
        groups: Iterable[str] = (),
        orders: Iterable[str] = (),
        several: Mapping[str, Callable[[R], tuple[Any, ...]]] | None = None,
    ) -> None:
        super().__init__()
        self.changes = 0
        """Number of changes so far: equal ones mean that nothing has changed meanwhile."""
        self._several = several or {}
        self._orders = tuple(orders)
        self._fields = tuple(dict.fromkeys((*self._orders, *groups, "sid", "number")))
        self._read = attrgetter(*self._fields)
        self._entries: dict[int, Any] = {}
        """Entries by the number of their record."""
        self._indexes: dict[tuple[tuple[str, ...], Ordering], SortedIndex] = {}

    # -- records -----------------------------------------------------------------------------

    def put(self, record: R) -> None:
        """Add a new record, or update one that has changed."""
        self.changes += 1
        self[record.sid] = record
        if self._indexes:
            self._replace_entry(record.number, self._entry(record))

    def drop(self, record: R) -> None:
        """Remove a record."""
        self.changes += 1
        self.pop(record.sid, None)
        if self._indexes:
            self._replace_entry(record.number, None)

    def forget(self) -> None:
        """Drop all indexes, because the groups of many records changed; each is built again when it is used."""
        self._entries.clear()
        self._indexes.clear()

    # -- queries -----------------------------------------------------------------------------

    def listing(
        self,
        where: Where | None = None,
        ordering: Ordering = (),
        tests: Collection[Test[R]] = (),
    ) -> Listing[R]:
        """Return the records with the values ``where``, in the order ``ordering``.

        Args:
            tests: conditions that have no index; each record that is read must pass them all.
        """
        return Listing(self, where or {}, ordering, tests)

    def runs(self, where: Where, ordering: Ordering) -> Iterator[tuple[R, int]]:
        """Yield the first of each run of records equal in their group and in the first field of ``ordering``.

        With each comes the number of records in the run.
        """
        for group in self.groups(where, ordering):
            start = 0
            while start < len(group):
                first = group[start]
                end = group.bisect_left((first[0] + 1,))
                yield self.numbered(first[-1]), end - start
                start = end

    def groups(self, where: Where, ordering: Ordering) -> list[SortedList[Any]]:
        """Return the sort keys of the records with certain values, in groups: see :class:`SortedIndex`."""
        if not all(where.values()):
            return []
        fields = tuple(sorted(where))
        groups = self._index(fields, ordering).groups
        return [groups[key] for key in product(*(dict.fromkeys(where[field]) for field in fields)) if key in groups]

    def numbered(self, number: int) -> R:
        """Return the record with this number, in which its sort keys end."""
        return self[self._entries[number].sid]

    # -- indexes -----------------------------------------------------------------------------

    def _index(self, fields: tuple[str, ...], ordering: Ordering) -> SortedIndex:
        """Return an index, from now on the most recently used one."""
        shape = fields, ordering
        found = self._indexes.pop(shape, None) or self._new_index(fields, ordering)
        self._indexes[shape] = found
        return found

    def _new_index(self, fields: tuple[str, ...], ordering: Ordering) -> SortedIndex:
        """Build an index, in place of the least recently used one."""
        if not self._indexes:
            self._entries = {record.number: self._entry(record) for record in self.values()}
        if len(self._indexes) == _MOST:
            del self._indexes[next(iter(self._indexes))]
        return SortedIndex(fields, ordering, self._several.keys(), self._entries.values())

    @cached_property
    def _entry_type(self) -> Callable[..., Any]:
        return entry_type(self._fields, self._orders, tuple(self._several))

    def _entry(self, record: R) -> Any:
        """Return the values by which a record is indexed, with the negated ones, which all indexes share."""
        values = self._read(record)
        several = [read(record) for read in self._several.values()]
        return self._entry_type(*values, *map(neg, values[: len(self._orders)]), *several)

    def _replace_entry(self, number: int, entry: Any) -> None:
        before = self._entries.get(number)
        if entry == before:
            return
        for index in self._indexes.values():
            index.move(before, entry)
        if entry is None:
            del self._entries[number]
        else:
            self._entries[number] = entry


class Listing(Generic[R]):
    """Some records in some order, readable from any of them on without a look at those before."""

    def __init__(self, table: RecordTable[R], where: Where, ordering: Ordering, tests: Collection[Test[R]]) -> None:
        self.ordering = ordering
        self._table = table
        self._where = where
        self._tests = tests

    def after(self, key: SortKey | None = None) -> Iterator[R]:
        """Return the records after ``key``, the nearest first; all of them without one."""
        if key is None and not self._where and not self.ordering:
            return self._filter(iter(self._table.values()))  # that order needs no index
        return self._walk(merge(*self._ranges(minimum=self._bound(key))))

    def before(self, key: SortKey) -> Iterator[R]:
        """Return the records before ``key``, the nearest first."""
        return self._walk(merge(*self._ranges(maximum=self._bound(key), reverse=True), reverse=True))

    def _ranges(self, **ends: Any) -> Iterator[Iterator[Any]]:
        groups = self._table.groups(self._where, self.ordering)
        return (group.irange(**ends, inclusive=(False, False)) for group in groups)

    def _bound(self, key: SortKey | None) -> Any:
        """Return ``key`` as a group holds it: the bare number where there is no ordering."""
        return key if self.ordering or key is None else key[0]

    def _walk(self, keys: Iterator[Any]) -> Iterator[R]:
        numbers = (key[-1] for key in keys) if self.ordering else keys
        return self._filter(map(self._table.numbered, numbers))

    def _filter(self, records: Iterator[R]) -> Iterator[R]:
        for test in self._tests:
            records = filter(test, records)
        return records
