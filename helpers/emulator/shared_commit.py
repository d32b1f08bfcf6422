"""Writes that arrive together are kept together: one commit for all that the event loop finds in one turn.

With eight clients at work, a commit for each would cost a third of the time. Nobody hears of a write before it is
kept: answers and callbacks leave afterwards.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.emulator.engine.changes import Callback

__all__ = ["SharedCommit"]


class SharedCommit:
    """Callbacks to send after the next commit, and requests to answer then; open while there is something to keep."""

    def __init__(self) -> None:
        self.is_open = False
        self._callbacks: list[Callback] = []
        self._waiting: list[asyncio.Future[Exception | None]] = []

    def join(self, callbacks: list[Callback]) -> bool:
        """Add a write that causes ``callbacks``; returns True if it is the first."""
        is_first, self.is_open = not self.is_open, True
        self._callbacks += callbacks
        return is_first

    async def outcome(self) -> Exception | None:
        """Wait until everything noted so far is kept; returns why nothing of it was, if it was not."""
        if not self.is_open:
            return None
        outcome: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(outcome)
        return await outcome

    def end(self, failure: Exception | None = None) -> list[Callback]:
        """Tell everybody who waits; returns the callbacks that may go out."""
        callbacks, waiting = self._callbacks, self._waiting
        self.is_open, self._callbacks, self._waiting = False, [], []
        for outcome in waiting:
            if not outcome.done():  # its client may have gone
                outcome.set_result(failure)
        return [] if failure else callbacks
