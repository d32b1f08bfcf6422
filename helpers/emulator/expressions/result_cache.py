"""Cache for a slow function of a text, limited by the length of all its texts together."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

__all__ = ["ResultCache"]

T = TypeVar("T")


class ResultCache(Generic[T]):
    """``function`` with a cache of its results, least recently used first out. Several threads can call it.

    A limit on their number, as in ``lru_cache``, would forget half of one long configuration or keep many of them.

    Args:
        characters: the most that all cached texts are long together; a single longer text isn't cached.
    """

    def __init__(self, function: Callable[..., T], characters: int) -> None:
        self._function = function
        self._room = self._characters = characters
        self._found: OrderedDict[tuple[str, tuple[Hashable, ...]], T] = OrderedDict()

    def __call__(self, text: str, *more: Hashable) -> T:
        """Return ``function(text, *more)``; an exception isn't cached."""
        key = (text, more)
        try:
            self._found.move_to_end(key)
            return self._found[key]
        except KeyError:  # new, dropped, or just being dropped by another thread
            result = self._function(text, *more)
        self.remember(result, text, *more)
        return result

    def remember(self, result: T, text: str, *more: Hashable) -> None:
        """Cache ``result``, the value of ``function(text, *more)``."""
        key = (text, more)
        if len(text) > self._characters or key in self._found:
            return
        self._found[key] = result
        self._room -= len(text)
        while self._room < 0:
            (forgotten, _), _ = self._found.popitem(last=False)
            self._room += len(forgotten)
