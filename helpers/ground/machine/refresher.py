"""Thread that keeps a console up to date, even while a cell runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from helpers.ground.ground import PAUSE_SECONDS

__all__ = ["Refresher"]

_ABSENT_AFTER_SECONDS = 300.0
"""Time without a sign of a page that shows the console, after which no page is assumed to."""


class Refresher:
    """Background thread that calls ``look`` when woken, and at intervals if changes can't wake it.

    Args:
        look: reads and shows; must not raise.
        interval: returns seconds, before each wait; None if every change wakes it, so that an idle console costs
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
        """Start the thread, unless it has been started."""
        if self._started.acquire(blocking=False):
            self._thread.start()

    def wake(self) -> None:
        """Call ``look`` soon; returns at once, from any thread."""
        self._woken.set()

    def present(self) -> None:
        """Note that a page shows the console, and look at intervals for the next five minutes."""
        self._seen = time.monotonic()
        self.wake()

    def stop(self) -> None:
        """Stop the thread, after its current look."""
        self._is_over = True
        self.wake()

    def _run(self) -> None:
        while True:
            self._woken.wait(self._patience())
            self._woken.clear()
            if self._is_over:  # looked at after clearing, or a stop that came just before would be lost
                return
            self._look()
            time.sleep(PAUSE_SECONDS)

    def _patience(self) -> float | None:
        return self._interval() if time.monotonic() - self._seen < _ABSENT_AFTER_SECONDS else None
