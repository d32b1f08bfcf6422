"""Lets deadlines pass by themselves while the clock runs."""

from __future__ import annotations

import asyncio
import logging

from ..callbacks.queue import CallbackQueue
from ..clock import Millis
from ..emulator import Emulator
from ..emulator_errors import StoreFailed

__all__ = ["DeadlineTimer"]

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())

_AT_A_TIME_SECONDS = 0.01
"""How long one ring may keep requests waiting when thousands of deadlines fall together."""

_AFTER_FAILURE_SECONDS = 1.0


class DeadlineTimer:
    """Rings in the event loop when the next deadline is due, or a callback was held back until then.

    :meth:`set` it after every change.
    """

    def __init__(self, emulator: Emulator, queue: CallbackQueue) -> None:
        self._emulator = emulator
        self._queue = queue
        self._loop = asyncio.get_running_loop()
        self._handle: asyncio.TimerHandle | None = None
        self._rings: Millis | None = None
        """When, by the wall: what is due may stay the same while the clock is moved on towards it."""

    def set(self) -> None:
        """Ring at what is now the next deadline, or not at all while the clock stands still."""
        try:
            self._set()
        except StoreFailed:
            self._try_again()

    def cancel(self) -> None:
        """Do not ring."""
        if self._handle is not None:
            self._handle.cancel()
        self._handle = self._rings = None

    def _set(self) -> None:
        if self._queue.due is not None:
            self._queue.release()
        clock = self._emulator.clock
        due = self._next() if clock.is_running else None
        rings = None if due is None else clock.on_wall(due)
        if rings == self._rings:
            return
        self.cancel()
        if due is not None:
            self._rings = rings
            self._ring_in(max(0, due - self._emulator.clock.now()) / 1000)

    def _next(self) -> Millis | None:
        held, deadline = self._queue.due, self._emulator.next_deadline()
        if held is None or deadline is None:
            return held or deadline
        return min(held, deadline)

    def _ring_in(self, seconds: float) -> None:
        self._handle = self._loop.call_later(seconds, self._ring)

    def _ring(self) -> None:
        self._handle = self._rings = None
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
        self._ring_in(_AFTER_FAILURE_SECONDS)

    def _is_due(self) -> bool:
        due = self._emulator.next_deadline()
        return due is not None and self._emulator.clock.is_running and due <= self._emulator.clock.now()
