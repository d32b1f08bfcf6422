"""Writes that arrive together are kept together: one commit for all that the event loop finds in one turn.

With eight clients at work, a commit for each would cost a third of the time. Nobody hears of a write before it is
kept: answers and callbacks leave afterwards.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..engine.model.changes import Callback

__all__ = ["SharedCommit"]


class SharedCommit:
    """Commit that is still to come, with the ``callbacks`` to send after it; ``failure`` says why it did not come."""

    def __init__(self) -> None:
        self.callbacks: list[Callback] = []
        self.failure: Exception | None = None
        self.is_over = False

    async def outcome(self, keep: Callable[[], None]) -> Exception | None:
        """Wait until others of this turn have joined; then whoever is first calls ``keep``, which ends it for all."""
        try:
            await asyncio.sleep(0)
        finally:  # also for a client that has gone
            if not self.is_over:
                keep()
        return self.failure

    def end(self, failure: Exception | None = None) -> None:
        """Note how it ended."""
        self.is_over, self.failure = True, failure
