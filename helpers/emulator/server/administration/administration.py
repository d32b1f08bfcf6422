"""Control of the emulator beyond Twilio's API: its clock, its state, its callbacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ...background import Background
from ...callbacks.faults import Faults
from ...clock import Millis
from ...emulator import Emulator
from ...engine.model.changes import Callback, Changes
from ...engine.model.refusals import Invalid, NotFound
from ...engine.timers import purpose
from ...request_log.logged_request import UNKNOWN
from ...request_log.request_log import RequestLog
from ...store.callback_log import DeliveryEntry
from ..clock_setting import ClockSetting
from ..explaining.explainer import Explainer
from . import snapshot
from .phone import Phone
from .seed_file import plant, read_seeds

if TYPE_CHECKING:
    from ...callbacks.inline_queue import InlineQueue
    from ...callbacks.queue import CallbackQueue

__all__ = ["CANNOT_RUN", "Administration", "TimerEntry"]

CANNOT_RUN = (
    "The clock cannot run in place: between two calls nothing is there to fire a timer. Let it stand still and advance "
    "it, or start the emulator on a thread or as a process, where it can run"
)
"""Reason why an emulator without a thread refuses a running clock."""


class TimerEntry(NamedTuple):
    """Timer of a Task, a Reservation or a Workspace; without SIDs, the callback that is held back.

    :meth:`Administration.next_timer` lists the purposes.
    """

    due_ms: Millis
    purpose: str
    sid: str | None
    workspace_sid: str | None


class Administration:
    """Controls of the emulator, for the admin routes and for Python alike.

    Args:
        clock: setting of the clock after a reset.
        background: does long work.
        requests: log of requests, which is about the present state only; one of its own, if left out.
        can_run: let the clock run; only where something fires timers meanwhile.
    """

    def __init__(
        self,
        emulator: Emulator,
        queue: CallbackQueue | InlineQueue,
        faults: Faults,
        clock: ClockSetting,
        background: Background,
        requests: RequestLog | None = None,
        *,
        can_run: bool = True,
    ) -> None:
        self.emulator = emulator
        self.faults = faults
        self.background = background
        self.explainer = Explainer(emulator, background)
        self.phone = Phone(emulator, queue)
        self.requests = requests or RequestLog(emulator)
        self._queue = queue
        self._clock = clock
        self._can_run = can_run

    async def advance(self, seconds: float, *, patient: bool = True) -> Millis:
        """Advance the clock; each timer fires at its time, and its callbacks are answered at that time.

        Once the callbacks have taken too long, it no longer waits for any.

        Args:
            patient: wait first for callbacks that are open already. Without it, and with one open, it waits for none:
                the caller might be answering that callback.

        Returns:
            The new time, which is later than asked for if the replies' instructions took time.

        Raises:
            Invalid: ``seconds`` is negative, not finite, or more than ten years.
        """
        self._after(seconds)  # refuses before it waits
        clock = self.emulator.clock  # after a reset meanwhile there is another one, which must not move
        settles = (patient or not self._queue.outstanding) and await self._queue.settle()
        end = self._after(seconds)
        while self.emulator.clock is clock and (clock.now() < end or (self._queue.due or end + 1) <= end):
            settles = await self._advance_to(min(end, self._queue.due or end), settles)
        return self.emulator.clock.now()

    def _after(self, seconds: float) -> Millis:
        try:
            return self.emulator.clock.after(seconds)
        except ValueError as error:
            raise Invalid(str(error)) from error

    async def _advance_to(self, moment: Millis, settles: bool) -> bool:
        """Advance to ``moment``, or to the first deadline after which a held callback is due before it.

        Args:
            settles: wait for callbacks, until it took too long once: thousands of timers would each wait as long.

        Returns:
            True to go on waiting for callbacks.
        """
        for _ in self.emulator.advance_stepwise(max(0, moment - self.emulator.clock.now()) / 1000):
            settles = settles and await self._queue.settle()
            await self.background.breathe()
            if (self._queue.due or moment) < moment:
                break
        self._queue.release()
        self.emulator.on_change()
        return settles and await self._queue.settle()

    def read_clock(self, workspace_sid: str | None = None) -> dict[str, Any]:
        """Return ``now_ms``, ``running``, and as ``next`` what :meth:`next_timer` returns."""
        clock = self.emulator.clock
        return {"now_ms": clock.now(), "running": clock.is_running, "next": self.next_timer(workspace_sid)}

    def next_timer(self, workspace_sid: str | None = None) -> dict[str, Any] | None:
        """Return ``due_ms``, ``sid`` and ``purpose`` of the next timer, of this Workspace or of any; None without one.

        ``purpose`` is "reservation timeout", "step timeout", "task timeout", "removal" (of a Task that ended, or was
        never completed), "call" (a simulated one goes on), "time of day" (a step that reads the clock is matched again)
        or "callback" (one held back).
        """
        found = next(self.timers(lambda owner: workspace_sid in (None, owner)), None)
        return None if found is None else {"due_ms": found.due_ms, "sid": found.sid, "purpose": found.purpose}

    def timers(self, is_wanted: Callable[[str], bool]) -> Iterator[TimerEntry]:
        """Iterate over the timers in order, the callback held back among them.

        Args:
            is_wanted: returns True for the SID of a Workspace whose timers are meant.
        """
        held = self._queue.due
        for due, workspace_sid, sid in self.emulator.world.timers:
            if is_wanted(workspace_sid):
                if held is not None and held < due:
                    yield TimerEntry(held, "callback", None, None)
                    held = None
                state = self.emulator.world.workspaces[workspace_sid]
                yield TimerEntry(due, purpose(state.timed(sid)), sid, workspace_sid)
        if held is not None:
            yield TimerEntry(held, "callback", None, None)

    @property
    def has_lesson_clock(self) -> bool:
        """True if the clock was started at the lessons' own time."""
        return self._clock.begins == "lesson"

    def pause(self) -> Millis:
        """Pause the clock and return its time; from now on only steps of writes and :meth:`advance` move it."""
        self.emulator.clock.pause()
        self.emulator.on_change()
        return self.emulator.clock.now()

    def set_step(self, seconds: float) -> Millis:
        """Let each write take ``seconds`` while the clock is paused, until the next reset, and return the time.

        Raises:
            Invalid: ``seconds`` is not a number from 0 to 86,400.
        """
        try:
            self.emulator.clock.set_step(seconds)
        except ValueError as error:
            raise Invalid(str(error)) from None
        self.emulator.on_change()
        return self.emulator.clock.now()

    def run(self) -> Millis:
        """Let the clock run from its present time, and return that.

        Raises:
            Invalid: it can't run here.
        """
        if not self._can_run:
            raise Invalid(CANNOT_RUN)
        self.emulator.clock.run()
        self.emulator.on_change()
        return self.emulator.clock.now()

    def clear_faults(self) -> None:
        """Remove the faults that haven't happened yet, and send the callbacks that wait to be overtaken."""
        self.faults.pending.clear()
        self._queue.send_overtaken()

    async def reset(self) -> None:
        """Delete all state, history, logs and faults; clock and SIDs begin again.

        Open callbacks are dropped: afterwards the same SIDs can mean something else.
        """
        await self._queue.drop()
        self.faults.pending.clear()
        self.emulator.store.replace(Changes(at=0), self._identity())
        self.emulator.clock = self._clock.new_clock()
        self.requests.forget()
        self.emulator.renew()

    def snapshot(self, *, events: bool = False) -> dict[str, Any]:
        """Return the state as one document; with ``events`` the events, too."""
        return snapshot.take(self.emulator, events=events)

    async def seed(self, document: bytes) -> list[str]:
        """Create the Workspaces of a seed document whose names are new, and return their SIDs.

        Raises:
            Invalid: it is no seed document, or TaskRouter would refuse a part of it.
        """
        seeds = await self.background.run(partial(read_seeds, document))
        return plant(self.emulator, next(iter(self.emulator.accounts)), seeds)

    async def restore(self, document: bytes) -> None:
        """Replace the state by a snapshot; open callbacks are dropped, as in :meth:`reset`.

        Where the clock can't run, that of a running emulator stands still at the snapshot's time.

        Raises:
            Invalid: it cannot be restored; nothing has changed.
        """
        read = await self.background.run(partial(snapshot.read, document, list(self.emulator.accounts)))
        await self._queue.drop()
        snapshot.restore(self.emulator, read, self._identity(), can_run=self._can_run)
        self.requests.forget()

    async def replay(self, number: int) -> DeliveryEntry:
        """Send a logged callback again, run the instruction in the reply, and return the new log entry.

        Raises:
            NotFound: the log has no such delivery, or the callback was dropped before its reply.
        """
        entry = self.emulator.store.delivery(number)
        again = None if entry is None else await self.send_again(entry.callback)
        if again is None:
            raise NotFound(f"delivery {number}")
        return again

    async def send_again(
        self, callback: Callback, replay_of: int = UNKNOWN, changes: tuple[str, ...] = ()
    ) -> DeliveryEntry | None:
        """Send a callback again, run the instruction in the reply, and return its log entry; None if it was dropped.

        Args:
            replay_of: number in the request log of the attempt that is sent again.
            changes: what is different from then.
        """
        with self.requests.replaying(replay_of, changes):
            return await self._queue.deliver(callback)

    def _identity(self) -> dict[str, str]:
        account = next(iter(self.emulator.accounts.values()))
        return {"account_sid": account.sid, "auth_token": account.auth_token}
