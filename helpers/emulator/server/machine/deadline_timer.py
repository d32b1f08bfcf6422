"""Timer that fires deadlines while the clock runs."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from ...clock import Millis
from ...emulator import Emulator
from ...emulator_errors import StoreFailed

if TYPE_CHECKING:
    from ...callbacks.inline_queue import InlineQueue
    from ...callbacks.queue import CallbackQueue

__all__ = ["DeadlineTimer"]

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())

_AT_A_TIME_SECONDS = 0.01
"""Time for which requests wait at most when thousands of deadlines coincide."""

_AFTER_FAILURE_SECONDS = 1.0


class DeadlineTimer:
    """Timer in the event loop for the next deadline and the next callback held back.

    Call :meth:`set` after every change.
    """

    def __init__(self, emulator: Emulator, queue: CallbackQueue | InlineQueue) -> None:
        self._emulator = emulator
        self._queue = queue
        self._loop = asyncio.get_running_loop()
        self._handle: asyncio.TimerHandle | None = None
        self._fires_at: Millis | None = None
        """Machine's time at which it fires; advancing the clock changes it, though not the deadline."""

    def set(self) -> None:
        """Set the timer to the next deadline, or stop it while the clock is paused."""
        try:
            self._set()
        except StoreFailed:
            self._try_again()

    def cancel(self) -> None:
        """Stop the timer."""
        if self._handle is not None:
            self._handle.cancel()
        self._handle = self._fires_at = None

    def _set(self) -> None:
        if self._queue.due is not None:
            self._queue.release()
        clock = self._emulator.clock
        due = self._next() if clock.is_running else None
        fires_at = None if due is None else clock.on_wall(due)
        if fires_at == self._fires_at:
            return
        self.cancel()
        if due is not None:
            self._fires_at = fires_at
            self._fire_in(max(0, due - self._emulator.clock.now()) / 1000)

    def _next(self) -> Millis | None:
        held, deadline = self._queue.due, self._emulator.next_deadline()
        if held is None or deadline is None:
            return held or deadline
        return min(held, deadline)

    def _fire_in(self, seconds: float) -> None:
        self._handle = self._loop.call_later(seconds, self._fire)

    def _fire(self) -> None:
        self._handle = self._fires_at = None
        end = self._loop.time() + _AT_A_TIME_SECONDS
        try:
            while self._is_due() and self._loop.time() < end:
                self._emulator.pass_deadlines(self._emulator.next_deadline() or 0)
        except StoreFailed:
            self._try_again()
            return
        self.set()

    def _try_again(self) -> None:
        _log.warning("a deadline could not be stored; trying again in a second")
        self.cancel()
        self._fire_in(_AFTER_FAILURE_SECONDS)

    def _is_due(self) -> bool:
        due = self._emulator.next_deadline()
        return due is not None and self._emulator.clock.is_running and due <= self._emulator.clock.now()
