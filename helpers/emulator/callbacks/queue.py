"""Queue of callbacks: in which order and how many at once they are sent, and when all have been answered."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine, Hashable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from ..clock import Millis
from ..engine.callbacks import assignment_callback
from ..engine.calls.phone_calls import take_reply
from ..engine.model.changes import Callback
from ..engine.transaction import Transaction
from ..settling import SETTLE_SECONDS
from ..store.callback_log import DeliveryEntry
from .faults import Faults
from .overtaking import Overtaking
from .receivers import receiver_of
from .sender import CallbackSender
from .throttle import Throttle

if TYPE_CHECKING:
    from ..emulator import Emulator

__all__ = ["CallbackQueue", "send_unanswered"]

T = TypeVar("T")

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())


class CallbackQueue:
    """Queue that sends callbacks, bound to one event loop.

    Event callbacks of a Workspace to one receiver are sent in the order of their events; assignment callbacks don't
    wait for each other. While the clock stands still, all callbacks to one receiver are sent one at a time in the order
    they were caused, so that the outcome doesn't depend on which reply is faster. No receiver waits for another.

    Args:
        overtaking: holds callbacks back until a later one has been sent; without it none is.
    """

    def __init__(
        self,
        emulator: Emulator,
        sender: CallbackSender,
        throttle: Throttle,
        overtaking: Overtaking | None = None,
    ) -> None:
        self._emulator = emulator
        self._sender = sender
        self._throttle = throttle
        self._overtaking = overtaking or Overtaking(Faults())
        self._lines: dict[Hashable, deque[Callback]] = {}
        self._runners: set[asyncio.Task[Any]] = set()
        self._outstanding = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @property
    def outstanding(self) -> int:
        """Number of callbacks not yet answered, given up or logged, without those held back. Any thread can read it."""
        return self._outstanding

    @property
    def due(self) -> Millis | None:
        """Time at which to call :meth:`release` for callbacks held back; None if there are none."""
        return self._throttle.due

    def send(self, callbacks: Iterable[Callback]) -> None:
        """Send ``callbacks`` in the background."""
        for callback in self._throttle.admit(callbacks):
            self._queue(callback)

    def release(self) -> None:
        """Send the callbacks held back whose time has come."""
        for callback in self._throttle.release():
            self._queue(callback)

    def send_overtaken(self) -> None:
        """Send the callbacks that wait to be overtaken, without waiting any longer."""
        for callback in self._overtaking.release():
            self._queue(callback)

    async def deliver(self, callback: Callback) -> DeliveryEntry | None:
        """Send a callback at once, past those that wait, and return its log entry, or None if it was dropped."""
        self._count(1)
        runner = self._start(self._send_and_count(callback))
        await asyncio.wait([runner])
        return None if runner.cancelled() else runner.result()

    async def settle(self, limit_seconds: float = SETTLE_SECONDS) -> bool:
        """Wait until all callbacks, and those that they cause, have been answered.

        Returns:
            False if it took longer than the limit.
        """
        if not self._outstanding:
            return True
        try:
            async with asyncio.timeout(limit_seconds):
                await self._quiet.wait()
        except TimeoutError:
            return False
        return True

    async def drop(self) -> None:
        """Drop all unanswered callbacks, because the server ends or the emulator's state is about to be replaced."""
        while runners := list(self._runners):  # a request can cause more meanwhile
            for runner in runners:
                runner.cancel()
            await asyncio.gather(*runners, return_exceptions=True)
        self._lines.clear()  # a runner that hadn't begun yet removed nothing
        self._count(-self._outstanding)
        self._throttle.forget()
        self._overtaking.release()

    def _queue(self, callback: Callback) -> None:
        self._count(1)
        line = self._line_of(callback)
        if line in self._lines:
            self._lines[line].append(callback)
            return
        self._lines[line] = deque([callback])
        self._start(self._run(line))

    def _start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        runner = asyncio.get_running_loop().create_task(work)
        self._runners.add(runner)
        runner.add_done_callback(self._runners.discard)
        return runner

    def _line_of(self, callback: Callback) -> Hashable:
        """Return the key of its line: behind those before it, even if the clock was paused or started meanwhile."""
        receiver, is_event = receiver_of(callback.url), callback.kind == "event"
        own = (callback.workspace_sid, receiver) if is_event else callback.sid
        if own in self._lines:
            return own
        follows = callback.kind != "assignment" and receiver in self._lines
        return receiver if follows or not self._emulator.clock.is_running else own

    async def _run(self, line: Hashable) -> None:
        waiting = self._lines[line]
        try:
            while waiting:
                callback = waiting.popleft()
                if self._overtaking.holds(callback):
                    self._count(-1)
                    continue
                overtaken = self._overtaking.overtaken_by(callback)
                self._count(len(overtaken))  # before the other is answered, or all would seem quiet in between
                for each in (callback, *overtaken):
                    await self._deliver(each)
        finally:
            del self._lines[line]
            self._count(-len(waiting))

    async def _deliver(self, callback: Callback) -> None:
        try:
            await self._send_and_count(callback)
        except Exception:
            _log.exception("callback %s was not delivered", callback.sid)

    async def _send_and_count(self, callback: Callback) -> DeliveryEntry:
        try:
            return await self._sender.deliver(callback)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        self._outstanding += more
        if self._outstanding:
            self._quiet.clear()
        else:
            self._quiet.set()


def send_unanswered(emulator: Emulator) -> None:
    """Send the assignment callbacks again that the last process left unanswered; calls that asked for TwiML end."""
    for state in emulator.world.workspaces.values():
        if state.workspace.account_sid not in emulator.accounts:
            continue
        due = [each.sid for each in state.reservations.values() if each.callback_due]
        for reservation_sid in due:
            emulator.write(state.workspace.account_sid, state.workspace.sid, _send_again, reservation_sid)
        asking = [each for each in state.phone_calls.values() if each.stage == "asking"]
        for call in asking:
            emulator.write(call.account_sid, call.workspace_sid, take_reply, call.sid, call.turn, None)


def _send_again(transaction: Transaction, reservation_sid: str) -> None:
    reservation = transaction.state.reservations.get(reservation_sid)
    if reservation is None:
        return
    if reservation.reservation_status == "pending":
        assignment_callback.send(transaction, reservation)
    else:
        reservation.callback_due = False
        transaction.save(reservation, quietly=True)
