"""Rate of what happens: so many times in a minute, and no more."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

__all__ = ["Rate"]

_MINUTE_SECONDS = 60.0


class Rate:
    """Limit of ``a_minute`` times in any minute."""

    def __init__(self, a_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._times: deque[float] = deque(maxlen=a_minute)

    def allow(self) -> bool:
        """Count one more time and return True, or return False if the last minute has had as many as it may."""
        with self._lock:
            now = self._now()
            is_full = len(self._times) == self._times.maxlen and now - self._times[0] < _MINUTE_SECONDS
            if not is_full:
                self._times.append(now)
            return not is_full
