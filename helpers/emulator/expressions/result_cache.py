"""Results of a slow function of a text, kept while all texts together stay below a length."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

__all__ = ["Remembered"]

T = TypeVar("T")


class Remembered(Generic[T]):
    """``function``, which remembers what it returned for the texts used last. Several threads may call it.

    A count, as ``lru_cache`` keeps it, would forget half of one long configuration, or hold many of them.

    Args:
        characters: how long all texts remembered may be together; a longer one is not remembered at all.
    """

    def __init__(self, function: Callable[..., T], characters: int) -> None:
        self._function = function
        self._room = self._characters = characters
        self._found: OrderedDict[tuple[str, tuple[Hashable, ...]], T] = OrderedDict()

    def __call__(self, text: str, *more: Hashable) -> T:
        """Return ``function(text, *more)``; what it raises is not remembered."""
        key = (text, more)
        try:
            self._found.move_to_end(key)
            return self._found[key]
        except KeyError:  # never read, forgotten, or just being forgotten by another thread
            result = self._function(text, *more)
        self.remember(result, text, *more)
        return result

    def remember(self, result: T, text: str, *more: Hashable) -> None:
        """Keep ``result``, which ``function`` would return, or has."""
        key = (text, more)
        if len(text) > self._characters or key in self._found:
            return
        self._found[key] = result
        self._room -= len(text)
        while self._room < 0:
            (forgotten, _), _ = self._found.popitem(last=False)
            self._room += len(forgotten)
