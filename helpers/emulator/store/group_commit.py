"""Group commit: one commit for all writes that arrive in one turn of the event loop.

With eight clients, a commit for each write would cost a third of the time. Responses and callbacks are sent after
the commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..engine.model.changes import Callback

__all__ = ["SharedCommit"]


class SharedCommit:
    """Commit shared by the writes of one turn, with the ``callbacks`` to send after it, and its ``failure``."""

    def __init__(self) -> None:
        self.callbacks: list[Callback] = []
        self.failure: Exception | None = None
        self.is_over = False

    async def outcome(self, keep: Callable[[], None]) -> Exception | None:
        """Wait for the other writes of this turn, then let the first call ``keep`` for all; return the failure or None.

        ``keep`` must call :meth:`end`.
        """
        try:
            await asyncio.sleep(0)
        finally:  # even if the client has disconnected
            if not self.is_over:
                keep()
        return self.failure

    def end(self, failure: Exception | None = None) -> None:
        """End the commit, with its failure if there is one."""
        self.is_over, self.failure = True, failure
