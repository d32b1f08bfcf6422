"""One thread that keeps a console up to date, also while a cell runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

__all__ = ["Refresher"]

_BREATH_SECONDS = 0.05
"""Between two looks, so that a cell that changes much is not slowed down by being watched."""

_ABSENT_AFTER_SECONDS = 300.0
"""A page that shows the console says so more often than this."""


class Refresher:
    """Calls ``look`` when woken, and at intervals where nobody tells of changes.

    Args:
        look: reads and shows; must not raise.
        interval: in seconds, asked before each wait; None where every change wakes it: then an idle console costs
            nothing.
    """

    def __init__(self, look: Callable[[], object], interval: Callable[[], float | None]) -> None:
        self._look = look
        self._interval = interval
        self._woken = threading.Event()
        self._seen = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="TaskRouter console", daemon=True)
        self._started = threading.Lock()
        self._is_over = False

    def start(self) -> None:
        """Begin; a second time does nothing."""
        if self._started.acquire(blocking=False):
            self._thread.start()

    def wake(self) -> None:
        """Look soon; callable from any thread, returns at once."""
        self._woken.set()

    def present(self) -> None:
        """Somebody shows the console: look at intervals for the next minutes."""
        self._seen = time.monotonic()
        self.wake()

    def stop(self) -> None:
        """End the thread, after the look that it may be at."""
        self._is_over = True
        self.wake()

    def _run(self) -> None:
        while not self._woken.wait(self._patience()) or not self._is_over:
            self._woken.clear()
            self._look()
            time.sleep(_BREATH_SECONDS)

    def _patience(self) -> float | None:
        return self._interval() if time.monotonic() - self._seen < _ABSENT_AFTER_SECONDS else None
