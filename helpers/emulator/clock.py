"""Time for the emulator: it runs with the wall, or stands still until somebody moves it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

__all__ = ["END_OF_TIME", "LESSON_START", "Clock", "Millis", "wall_time"]

Millis = int
"""Milliseconds since 1970-01-01T00:00:00Z."""

LESSON_START: Millis = int(datetime(2026, 3, 2, 9, 0, tzinfo=UTC).timestamp() * 1000)
"""Lessons begin on a Monday at 09:00 UTC, an ordinary moment for time-of-day routing."""

END_OF_TIME: Millis = int(datetime(9000, 1, 1, tzinfo=UTC).timestamp() * 1000)
"""No clock goes further: dates beyond the year 9999 could not be written."""

_STEP_MS = 1000


def wall_time() -> Millis:
    """The machine's own time."""
    return time.time_ns() // 1_000_000


class Clock:
    """Tells the time, and can be paused, advanced or set running.

    A *running* clock follows the wall. A *paused* one stands still, except that each write that succeeds
    takes ``step_ms``, so that ages and timelines in a lesson look natural and never change.
    """

    def __init__(
        self, now_ms: Millis, *, running: bool, step_ms: int = 0, wall: Callable[[], Millis] = wall_time
    ) -> None:
        self._wall = wall
        self._base = self._latest = now_ms
        self._anchor = wall()
        self._step_ms = step_ms
        self._running = running

    @classmethod
    def real(cls) -> Clock:
        """The wall's time, running."""
        return cls(wall_time(), running=True)

    @classmethod
    def paused(cls, start_ms: Millis | None = None) -> Clock:
        """Stands still at ``start_ms``, or now by the wall; each write takes one second, reads take none."""
        return cls(wall_time() if start_ms is None else start_ms, running=False, step_ms=_STEP_MS)

    @classmethod
    def lesson(cls) -> Clock:
        """Stands still on the morning when lessons begin."""
        return cls.paused(LESSON_START)

    @property
    def is_running(self) -> bool:
        """Whether time passes by itself."""
        return self._running

    def now(self) -> Millis:
        """The current time; reading it moves nothing. It never runs back, even if the wall's does."""
        if self._running:
            self._follow_wall()
        return self._latest

    def on_wall(self, moment_ms: Millis) -> Millis:
        """The wall's time at which a running clock will tell ``moment_ms``."""
        return moment_ms - self._base + self._anchor

    def after_write(self) -> Millis:
        """The time when a write will be over that begins now; whoever writes sees to it with :meth:`at_least`."""
        return self.now() if self._running else self._latest + self._step_ms

    @contextmanager
    def writing_at(self, moment_ms: Millis) -> Iterator[None]:
        """Let a write meanwhile happen at ``moment_ms``, or at once if that has passed. Only for a paused clock."""
        self.at_least(moment_ms - 1)
        step_ms, self._step_ms = self._step_ms, max(0, moment_ms - self._latest)
        try:
            yield
        finally:
            self._step_ms = step_ms
            self.at_least(moment_ms)

    def advance(self, seconds: float) -> Millis:
        """Move on by ``seconds`` and return the new time.

        Raises:
            ValueError: as for :meth:`after`.
        """
        self._rebase(self.after(seconds))
        return self._latest

    def after(self, seconds: float) -> Millis:
        """The time ``seconds`` from now.

        Raises:
            ValueError: ``seconds`` is no number, negative, not finite, or more than ten years, or leads past the
                year 8999.
        """
        if not isinstance(seconds, int | float):
            raise ValueError(f"cannot advance by {seconds!r}: give a number of seconds, such as 60")
        if not 0 <= seconds <= 10 * 365 * 86_400:
            raise ValueError(f"cannot advance by {seconds} s: time only runs forward, ten years at most")
        moment = self.now() + round(seconds * 1000)
        if moment > END_OF_TIME:
            raise ValueError(f"cannot advance by {seconds} s: the clock ends with the year 8999")
        return moment

    def at_least(self, moment_ms: Millis) -> None:
        """Never tell a time before ``moment_ms``: what was stored must not lie in the future."""
        if moment_ms > self.now():
            self._rebase(moment_ms)

    def pause(self) -> None:
        """Stop time here; from now on each write takes one second."""
        self._rebase(self.now())
        self._running = False
        self._step_ms = _STEP_MS

    def run(self) -> None:
        """Let time pass with the wall from here on."""
        self._rebase(self.now())
        self._running = True

    def _follow_wall(self) -> None:
        told = self._base + self._wall() - self._anchor
        if told < self._latest:  # somebody set the wall clock back
            self._rebase(self._latest)
        self._latest = max(self._latest, told)

    def _rebase(self, now_ms: Millis) -> None:
        self._base = self._latest = now_ms
        self._anchor = self._wall()
