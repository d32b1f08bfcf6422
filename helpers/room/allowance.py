"""Allowance of requests: so many at once, and so many a second."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["Allowance"]


class Allowance:
    """Bucket of tokens, one for each request; it's full at first.

    Args:
        at_once: number of tokens in a full bucket.
        per_second: number of tokens that come back each second.
        now: clock in seconds.
    """

    def __init__(self, at_once: float, per_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._per_second, self._now = at_once, per_second, now
        self._left, self._seen = at_once, now()

    def take(self) -> bool:
        """Take a token, or return False if there is none."""
        now = self._now()
        self._left = min(self._at_once, self._left + (now - self._seen) * self._per_second)
        self._seen = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
