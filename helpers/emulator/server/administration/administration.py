"""What only an emulator has, and Twilio has not: its clock, its whole state, its delivery log."""

from __future__ import annotations

from functools import partial
from typing import Any

from ...background import Background, InTheWay
from ...callbacks.faults import Faults
from ...callbacks.queue import CallbackQueue, InlineQueue
from ...clock import Millis
from ...emulator import Emulator
from ...engine.model.changes import Changes
from ...engine.model.refusals import Invalid, NotFound
from ...engine.timers import purpose
from ...store.callback_log import DeliveryEntry
from ..factory import new_clock
from . import snapshot
from .seed_file import plant, read_seeds

__all__ = ["Administration"]


class Administration:
    """Used by the admin routes and by the Python interface alike.

    Args:
        clock: what a reset goes back to, in a form that :func:`.running.start` explains.
        background: where long work is done; without it, where it is met.
    """

    def __init__(
        self,
        emulator: Emulator,
        queue: CallbackQueue | InlineQueue,
        faults: Faults,
        clock: str,
        background: Background | None = None,
    ) -> None:
        self.emulator = emulator
        self.faults = faults
        self.background = background or InTheWay()
        self._queue = queue
        self._clock = clock

    async def advance(self, seconds: float, *, patient: bool = True) -> Millis:
        """Move the clock on; each deadline passes at its time, and its callbacks are answered at that time.

        Once they have taken too long to answer, nothing is waited for any more.

        Args:
            patient: wait first for callbacks that are open already. Without it, and with one open, the clock moves
                on at once and nothing is waited for: whoever asks may be answering that callback.

        Returns:
            The new time. It is later than asked for where answers took time of their own.

        Raises:
            Invalid: ``seconds`` is negative, not finite, or more than ten years.
        """
        try:
            end = self.emulator.clock.after(seconds)
        except ValueError as error:
            raise Invalid(str(error)) from error
        settles = (patient or not self._queue.outstanding) and await self._queue.settled()
        clock = self.emulator.clock  # after a reset by somebody else there is another one, which is not ours to move
        while self.emulator.clock is clock and (clock.now() < end or (self._queue.due or end + 1) <= end):
            settles = await self._advance_to(min(end, self._queue.due or end), settles)
        return self.emulator.clock.now()

    async def _advance_to(self, moment: Millis, settles: bool) -> bool:
        """Up to ``moment``, or to the first deadline that leaves a callback to be sent before it.

        Args:
            settles: wait for callbacks, until that took too long once: thousands of timers would each wait as long.

        Returns:
            Whether to go on waiting.
        """
        for _ in self.emulator.advancing(max(0, moment - self.emulator.clock.now()) / 1000):
            settles = settles and await self._queue.settled()
            await self.background.breathe()
            if (self._queue.due or moment) < moment:
                break
        self._queue.release()
        self.emulator.on_change()
        return settles and await self._queue.settled()

    def next_timer(self, workspace_sid: str | None = None) -> dict[str, Any] | None:
        """What next happens by itself, in this workspace or in any: ``due_ms``, ``sid``, ``purpose``; None if nothing.

        ``purpose`` is "reservation timeout", "step timeout", "task timeout", "removal" (of a Task that is over, or was
        never completed), "time of day" (a step that reads the clock is looked at again) or "callback" (one was held
        back).
        """
        timers = self.emulator.world.timers
        found = next((each for each in timers if workspace_sid in (None, each[1])), None)
        held = self._queue.due
        if held is not None and (found is None or held < found[0]):
            return {"due_ms": held, "sid": None, "purpose": "callback"}
        if found is None:
            return None
        due, workspace_sid, sid = found
        state = self.emulator.world.workspaces[workspace_sid]
        record = state.tasks.get(sid) or state.reservations.get(sid) or state.workspace
        return {"due_ms": due, "sid": sid, "purpose": purpose(record)}

    def pause(self) -> Millis:
        """Let time stand still from here on; each write takes a second."""
        self.emulator.clock.pause()
        self.emulator.on_change()
        return self.emulator.clock.now()

    def run(self) -> Millis:
        """Let time pass with the wall from here on."""
        self.emulator.clock.run()
        self.emulator.on_change()
        return self.emulator.clock.now()

    async def reset(self) -> None:
        """Forget everything: state, history, logs and faults; clock and SIDs begin again.

        Callbacks that are open are dropped: in another world the same SIDs may mean something else.
        """
        await self._queue.drop()
        self.faults.pending.clear()
        self.emulator.store.replace(Changes(at=0), self._identity())
        self.emulator.clock = new_clock(self._clock)
        self.emulator.renew()

    def snapshot(self, *, events: bool = False) -> dict[str, Any]:
        """Everything as one document."""
        return snapshot.take(self.emulator, events=events)

    async def seed(self, document: bytes) -> list[str]:
        """Make the Workspaces of a seed document, those excepted whose name exists; returns the SIDs of the new ones.

        Raises:
            Invalid: it is no seed document, or TaskRouter would refuse a part of it.
        """
        seeds = await self.background.run(partial(read_seeds, document))
        return plant(self.emulator, next(iter(self.emulator.accounts)), seeds)

    async def restore(self, document: bytes) -> None:
        """Go back to a snapshot; open callbacks are dropped, as in :meth:`reset`.

        Raises:
            Invalid: it cannot be restored; nothing has changed.
        """
        read = await self.background.run(partial(snapshot.read, document, list(self.emulator.accounts)))
        await self._queue.drop()
        snapshot.restore(self.emulator, read, self._identity())

    async def replay(self, number: int) -> DeliveryEntry:
        """Send a logged callback again, and do what its answer says.

        Raises:
            NotFound: the log holds no such delivery, or not any more when it is answered.
        """
        entry = self.emulator.store.delivery(number)
        again = None if entry is None else await self._queue.deliver(entry.callback)
        if again is None:
            raise NotFound(f"delivery {number}")
        return again

    def _identity(self) -> dict[str, str]:
        account = next(iter(self.emulator.accounts.values()))
        return {"account_sid": account.sid, "auth_token": account.auth_token}
