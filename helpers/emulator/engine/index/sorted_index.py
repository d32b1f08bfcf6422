"""Records in groups and in order, by their cards.

A card says what a record is filed under. It stays as it is while the record changes, so that the
record is found where it was filed, and goes when a new card comes.
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
"""``(field, 1 or -1)`` by which records are sorted; those alike stand in order of creation."""

SortKey = tuple[int, ...]
"""Where a record stands in an ordering: what it is sorted by, each times 1 or -1, then its number."""


def sort_key(ordering: Ordering) -> Callable[[Any], SortKey]:
    """Where a record stands."""
    return lambda record: (*(sign * getattr(record, name) for name, sign in ordering), record.number)


class SortedIndex:
    """Records in groups alike in ``fields``, each group in order.

    What stands for a record, its mark, is its place in the ordering, or a bare number where there is none.
    """

    def __init__(self, fields: tuple[str, ...], ordering: Ordering, several: Collection[str], cards: Iterable[Any]):
        self._fields = fields
        self._several = any(field in several for field in fields)
        self._mark = attrgetter(*(name if sign > 0 else _falling(name) for name, sign in ordering), "number")
        groups = defaultdict[tuple[Any, ...], list[Any]](list)
        for card in cards:
            for key in self._keys(card):
                groups[key].append(self._mark(card))
        self.groups = {key: SortedList(marks) for key, marks in groups.items()}

    def move(self, before: Any, after: Any) -> None:
        """Exchange cards; None where a record is new, or goes."""
        old, new = self._stands(before), self._stands(after)
        if old == new:
            return
        for key, mark in old:
            self.groups[key].remove(mark)
            if not self.groups[key]:
                del self.groups[key]
        for key, mark in new:
            if key not in self.groups:
                self.groups[key] = SortedList()
            self.groups[key].add(mark)

    def _stands(self, card: Any) -> list[tuple[tuple[Any, ...], Any]]:
        return [] if card is None else [(key, self._mark(card)) for key in self._keys(card)]

    def _keys(self, card: Any) -> Iterable[tuple[Any, ...]]:
        values = [getattr(card, field) for field in self._fields]
        if not self._several:
            return (tuple(values),)
        return product(*(value if isinstance(value, tuple) else (value,) for value in values))


@cache
def entry_type(fields: tuple[str, ...], orders: tuple[str, ...], several: tuple[str, ...]) -> type[msgspec.Struct]:
    """The form of the cards of one kind: fields by the names they have in a record, and those that also fall."""
    return msgspec.defstruct("Card", [*fields, *map(_falling, orders), *several], frozen=True, gc=False)


def _falling(field: str) -> str:
    """The name, on a card, of a field that is sorted from the greatest down."""
    return f"falling_{field}"
