"""Clock of the emulator: it follows the machine's clock, or is paused until it is advanced."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

__all__ = ["END_OF_TIME", "LESSON_START", "Clock", "Millis", "wall_time"]

Millis = int
"""Milliseconds since 1970-01-01T00:00:00Z."""

LESSON_START: Millis = int(datetime(2026, 3, 2, 9, 0, tzinfo=UTC).timestamp() * 1000)
"""Start of every lesson: a Monday at 09:00 UTC, an ordinary time for time-of-day routing."""

END_OF_TIME: Millis = int(datetime(9000, 1, 1, tzinfo=UTC).timestamp() * 1000)
"""End of every clock: dates beyond the year 9999 could not be written."""

_STEP_MS = 1000
_LONGEST_STEP = 86_400


def wall_time() -> Millis:
    """Return the machine's own time."""
    return time.time_ns() // 1_000_000


class Clock:
    """Clock that can be paused, advanced and set running.

    A *running* clock follows the machine's, ``wall``. A *paused* one stands still, except that each write that succeeds
    takes ``step_ms``, so that ages and timelines in a lesson look natural and never change.
    """

    def __init__(
        self, now_ms: Millis, *, running: bool, step_ms: int = 0, wall: Callable[[], Millis] = wall_time
    ) -> None:
        self._wall = wall
        self._base = self._latest = now_ms
        self._anchor = wall()
        self.step_ms = step_ms
        self._running = running

    @classmethod
    def real(cls) -> Clock:
        """Return a running clock with the machine's time; paused later, each write takes one second."""
        return cls(wall_time(), running=True, step_ms=_STEP_MS)

    @classmethod
    def paused(cls, start_ms: Millis | None = None) -> Clock:
        """Return a clock paused at ``start_ms``, or at the machine's time; each write takes one second."""
        return cls(wall_time() if start_ms is None else start_ms, running=False, step_ms=_STEP_MS)

    @classmethod
    def lesson(cls) -> Clock:
        """Return a clock paused at the start of lessons."""
        return cls.paused(LESSON_START)

    def set_step(self, seconds: float) -> None:
        """Let each write take ``seconds`` from now on, while the clock is paused.

        Raises:
            ValueError: ``seconds`` is not a number from 0 to 86,400.
        """
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= _LONGEST_STEP:
            raise ValueError(f"the step is {seconds!r}; it must be a number of seconds from 0 to {_LONGEST_STEP}")
        self.step_ms = round(seconds * 1000)

    @property
    def is_running(self) -> bool:
        """True if time passes by itself."""
        return self._running

    def now(self) -> Millis:
        """Return the current time, which never runs back, even if the machine's does."""
        if self._running:
            self._follow_wall()
        return self._latest

    def on_wall(self, moment_ms: Millis) -> Millis:
        """Return the machine's time at which a running clock will show ``moment_ms``."""
        return moment_ms - self._base + self._anchor

    def after_write(self) -> Millis:
        """Return the time at the end of a write that begins now; the writer sets it with :meth:`at_least`."""
        return self.now() if self._running else self._latest + self.step_ms

    @contextmanager
    def writing_at(self, moment_ms: Millis) -> Iterator[None]:
        """Date a write inside the block ``moment_ms``, or now if that has passed. Only for a paused clock."""
        self.at_least(moment_ms - 1)
        step_ms, self.step_ms = self.step_ms, max(0, moment_ms - self._latest)
        try:
            yield
        finally:
            self.step_ms = step_ms
            self.at_least(moment_ms)

    def advance(self, seconds: float) -> Millis:
        """Advance by ``seconds`` and return the new time.

        Raises:
            ValueError: as for :meth:`after`.
        """
        self._rebase(self.after(seconds))
        return self._latest

    def after(self, seconds: float) -> Millis:
        """Return the time ``seconds`` from now.

        Raises:
            ValueError: ``seconds`` is not a number, negative, not finite, more than ten years or past the year 8999.
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
        """Advance to ``moment_ms`` if it is later than now: nothing stored must lie in the future."""
        if moment_ms > self.now():
            self._rebase(moment_ms)

    def pause(self) -> None:
        """Stop time here, but for the step of each write."""
        self._rebase(self.now())
        self._running = False

    def run(self) -> None:
        """Let time pass with the machine's clock from here on."""
        self._rebase(self.now())
        self._running = True

    def _follow_wall(self) -> None:
        shown = self._base + self._wall() - self._anchor
        if shown < self._latest:  # the machine's clock was set back
            self._rebase(self._latest)
        self._latest = max(self._latest, shown)

    def _rebase(self, now_ms: Millis) -> None:
        self._base = self._latest = now_ms
        self._anchor = self._wall()
