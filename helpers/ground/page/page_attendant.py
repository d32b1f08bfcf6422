"""Attendant of a console in a page: it looks between two exchanges, or later in the event loop, without a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from helpers.ground.ground import PAUSE_SECONDS
from helpers.ground.page.loopback import LOOPBACK

__all__ = ["PageAttendant"]


class PageAttendant:
    """Attendant that looks after an exchange if the last look was a while ago, else in the event loop.

    A page shows at once what is sent to it, even while a cell runs; the event loop goes on when the cell has ended.

    Args:
        look: reads and shows; must not raise.
    """

    def __init__(self, look: Callable[[], object]) -> None:
        self._look = look
        self._is_woken = False
        self._rests_until = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._end: Callable[[], None] | None = None

    def start(self) -> None:
        """Begin to look, unless it has begun."""
        self._end = self._end or LOOPBACK.exchanges.afterwards(self._look_if_woken)

    def wake(self) -> None:
        """Look soon: after the exchange that is being made, or else in the event loop."""
        self._is_woken = True
        if self._end is not None and not LOOPBACK.exchanges.are_open:
            self._look_later()

    def present(self) -> None:
        """Look soon; every change on a page wakes this, so that nothing has to be looked at in intervals."""
        self.wake()

    def stop(self) -> None:
        """Look no more."""
        if self._end is not None:
            self._end()
        if self._timer is not None:
            self._timer.cancel()

    def _look_if_woken(self) -> None:
        if not self._is_woken:
            return
        if monotonic() < self._rests_until:
            self._look_later()
        else:
            self._look_now()

    def _look_later(self) -> None:
        if self._timer is not None:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # without an event loop the next exchange will do
            return
        self._timer = loop.call_later(max(0.0, self._rests_until - monotonic()), self._look_now)

    def _look_now(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._is_woken = None, False
        self._look()
        self._rests_until = monotonic() + PAUSE_SECONDS
