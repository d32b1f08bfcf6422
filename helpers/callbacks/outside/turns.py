"""Turns: those with the same key wait for each other, and nobody else does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Turns"]


class Turns:
    """One lock for each key that is in use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns: dict[str, tuple[threading.RLock, int]] = {}

    @contextmanager
    def take(self, key: str) -> Iterator[None]:
        """Run the block while nobody else runs one with this ``key``."""
        with self._lock:
            turn, users = self._turns.get(key, (threading.RLock(), 0))
            self._turns[key] = (turn, users + 1)
        try:
            with turn:
                yield
        finally:
            with self._lock:
                users = self._turns[key][1] - 1
                if users:
                    self._turns[key] = (turn, users)
                else:
                    del self._turns[key]
