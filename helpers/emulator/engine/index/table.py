"""Records of one kind: by SID, and in whatever groups and orders lists and statistics ask for.

An arrangement is made when it is first asked for and kept true from then on, so that what nobody
asks for costs nothing. Each costs a record up to 75 bytes, beside some 240 for the card that all
share, and each change of a record a few microseconds; therefore only those asked for last are kept.
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
"""Field → the values that records may have in it."""

_MOST = 8
"""So many arrangements are kept: the four that real-time statistics need, and as many for lists."""


class RecordTable(dict[str, R]):
    """The records of one kind by SID, in order of creation.

    They are changed in place and then put again; what a record was filed under stands on its card.

    Args:
        groups: fields by whose values records can be found.
        orders: fields, whole numbers, by which they can be sorted, and found as well.
        several: fields to find them by of which a record has several values at once, and what reads those.
    """

    def __init__(
        self,
        groups: Iterable[str] = (),
        orders: Iterable[str] = (),
        several: Mapping[str, Callable[[R], tuple[Any, ...]]] | None = None,
    ) -> None:
        super().__init__()
        self._several = several or {}
        self._orders = tuple(orders)
        self._fields = tuple(dict.fromkeys((*self._orders, *groups, "sid", "number")))
        self._read = attrgetter(*self._fields)
        self._cards: dict[int, Any] = {}
        """Number of a record → its card."""
        self._arrangements: dict[tuple[tuple[str, ...], Ordering], SortedIndex] = {}

    # -- what stands where -------------------------------------------------------------------

    def put(self, record: R) -> None:
        """Take in a new record, or one that has changed."""
        self[record.sid] = record
        if self._arrangements:
            self._refile(record.number, self._card(record))

    def drop(self, record: R) -> None:
        """Take a record out."""
        self.pop(record.sid, None)
        if self._arrangements:
            self._refile(record.number, None)

    def forget(self) -> None:
        """Many records stand elsewhere now: arrangements are made anew when asked for."""
        self._cards.clear()
        self._arrangements.clear()

    # -- asking ------------------------------------------------------------------------------

    def listing(
        self,
        where: Where | None = None,
        ordering: Ordering = (),
        tests: Collection[Test[R]] = (),
    ) -> Listing[R]:
        """Records with certain values, in a certain order.

        Args:
            tests: what no arrangement answers; each record that is walked must pass them all.
        """
        return Listing(self, where or {}, ordering, tests)

    def runs(self, where: Where, ordering: Ordering) -> Iterator[tuple[R, int]]:
        """Records alike in their groups and in what ``ordering`` begins with: the first, and how many they are."""
        for group in self.groups(where, ordering):
            start = 0
            while start < len(group):
                first = group[start]
                end = group.bisect_left((first[0] + 1,))
                yield self.numbered(first[-1]), end - start
                start = end

    def groups(self, where: Where, ordering: Ordering) -> list[SortedList[Any]]:
        """Marks of the records with certain values, in groups, each sorted: see :class:`SortedIndex`."""
        if not all(where.values()):
            return []
        fields = tuple(sorted(where))
        groups = self._arrangement(fields, ordering).groups
        return [groups[key] for key in product(*(dict.fromkeys(where[field]) for field in fields)) if key in groups]

    def numbered(self, number: int) -> R:
        """The record that a mark ends with, or is."""
        return self[self._cards[number].sid]

    # -- inside ------------------------------------------------------------------------------

    def _arrangement(self, fields: tuple[str, ...], ordering: Ordering) -> SortedIndex:
        """The one asked for, which is from now on the one asked for last."""
        shape = fields, ordering
        found = self._arrangements.pop(shape, None) or self._arrange(fields, ordering)
        self._arrangements[shape] = found
        return found

    def _arrange(self, fields: tuple[str, ...], ordering: Ordering) -> SortedIndex:
        """A new one, in place of the one that nobody has asked for since the others."""
        if not self._arrangements:
            self._cards = {record.number: self._card(record) for record in self.values()}
        if len(self._arrangements) == _MOST:
            del self._arrangements[next(iter(self._arrangements))]
        return SortedIndex(fields, ordering, self._several.keys(), self._cards.values())

    @cached_property
    def _card_type(self) -> Callable[..., Any]:
        return entry_type(self._fields, self._orders, tuple(self._several))

    def _card(self, record: R) -> Any:
        """What a record is filed under; negative numbers are here so that arrangements share them."""
        values = self._read(record)
        several = [read(record) for read in self._several.values()]
        return self._card_type(*values, *map(neg, values[: len(self._orders)]), *several)

    def _refile(self, number: int, card: Any) -> None:
        before = self._cards.get(number)
        if card == before:
            return
        for arrangement in self._arrangements.values():
            arrangement.move(before, card)
        if card is None:
            del self._cards[number]
        else:
            self._cards[number] = card


class Listing(Generic[R]):
    """Some records in some order, from anywhere on, without a look at those before."""

    def __init__(self, table: RecordTable[R], where: Where, ordering: Ordering, tests: Collection[Test[R]]) -> None:
        self.ordering = ordering
        self._table = table
        self._where = where
        self._tests = tests

    def after(self, place: SortKey | None = None) -> Iterator[R]:
        """Those that stand after ``place``, the nearest first; all of them without one."""
        if place is None and not self._where and not self.ordering:
            return self._passing(iter(self._table.values()))  # that order needs no arrangement
        return self._walk(merge(*self._ranges(minimum=self._mark(place))))

    def before(self, place: SortKey) -> Iterator[R]:
        """Those that stand before ``place``, the nearest first."""
        return self._walk(merge(*self._ranges(maximum=self._mark(place), reverse=True), reverse=True))

    def _ranges(self, **ends: Any) -> Iterator[Iterator[Any]]:
        groups = self._table.groups(self._where, self.ordering)
        return (group.irange(**ends, inclusive=(False, False)) for group in groups)

    def _mark(self, place: SortKey | None) -> Any:
        return place if self.ordering or place is None else place[0]

    def _walk(self, marks: Iterator[Any]) -> Iterator[R]:
        numbers = (mark[-1] for mark in marks) if self.ordering else marks
        return self._passing(map(self._table.numbered, numbers))

    def _passing(self, records: Iterator[R]) -> Iterator[R]:
        for test in self._tests:
            records = filter(test, records)
        return records
