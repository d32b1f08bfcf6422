"""Queue of callbacks that are function calls, without an event loop."""

from __future__ import annotations

import time
from asyncio import CancelledError
from collections import deque
from collections.abc import Callable, Iterable

from ..clock import Millis
from ..engine.model.changes import Callback
from ..settling import SETTLE_SECONDS
from ..store.callback_log import DeliveryEntry
from ..sync import run_without_loop
from .faults import Faults
from .overtaking import Overtaking
from .sender import CallbackSender
from .throttle import Throttle

__all__ = ["InlineQueue"]


class InlineQueue:
    """Queue that sends one callback at a time, in the order they were caused.

    :class:`.CallbackQueue` does that for each receiver while the clock stands still. Nothing is sent before
    :meth:`drain`, so that the callbacks that one causes follow it, as over the network.

    Args:
        sender: its transport must reply at once.
        overtaking: holds callbacks back until a later one has been sent; without it none is.
        abandon: called to drop the reply to an open callback.
        now: returns seconds of any clock that runs steadily.
    """

    def __init__(
        self,
        sender: CallbackSender,
        throttle: Throttle,
        overtaking: Overtaking | None = None,
        abandon: Callable[[], object] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sender = sender
        self._throttle = throttle
        self._overtaking = overtaking or Overtaking(Faults())
        self._abandon = abandon
        self._now = now
        self._waiting: deque[Callback] = deque()
        self._open = 0

    @property
    def due(self) -> Millis | None:
        """Time at which to call :meth:`release` for callbacks held back; None if there are none."""
        return self._throttle.due

    @property
    def outstanding(self) -> int:
        """Number of callbacks that wait for :meth:`drain` or are open, without those held back."""
        return len(self._waiting) + self._open

    def send(self, callbacks: Iterable[Callback]) -> None:
        """Keep ``callbacks`` for the next :meth:`drain`."""
        self._waiting.extend(self._throttle.admit(callbacks))

    def release(self) -> None:
        """Keep the callbacks held back whose time has come for the next :meth:`drain`, too."""
        self._waiting.extend(self._throttle.release())

    def send_overtaken(self) -> None:
        """Keep the callbacks that wait to be overtaken for the next :meth:`drain`, without waiting any longer."""
        self._waiting.extend(self._overtaking.release())

    def drain(self) -> None:
        """Send all waiting callbacks, and those that they cause; from inside one, do nothing: they follow it.

        What is left after six seconds, because receivers are slow, stays for the next call.
        """
        ends = self._now() + SETTLE_SECONDS
        while not self._open and self._now() < ends and (callback := self._next()) is not None:
            if self._overtaking.holds(callback):
                continue
            run_without_loop(self.deliver(callback))
            for overtaken in self._overtaking.overtaken_by(callback):
                run_without_loop(self.deliver(overtaken))

    async def deliver(self, callback: Callback) -> DeliveryEntry | None:
        """Send a callback at once, past those that wait, and return its log entry, or None if it was dropped."""
        self._open += 1
        try:
            return await self._sender.deliver(callback)
        except CancelledError:
            return None
        finally:
            self._open -= 1

    async def settle(self) -> bool:
        """Send callbacks as :meth:`drain` does; return False if some are left."""
        self.drain()
        return not self.outstanding

    async def drop(self) -> None:
        """Drop all unanswered callbacks, as :meth:`.CallbackQueue.drop` does."""
        self._waiting.clear()
        self._throttle.forget()
        self._overtaking.release()
        if self._abandon is not None:
            self._abandon()

    def _next(self) -> Callback | None:
        """Take the callback to send now from those that wait; return None if there is none."""
        self.release()
        return self._waiting.popleft() if self._waiting else None
