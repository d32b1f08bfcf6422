"""Throttle of assignment callbacks when a Task is offered to the same Worker again and again.

When an application always rejects, or always fails, routing can offer the Task to the same Worker again at once
(reference 3.2m, 7.3). Between Twilio and a real application each round takes time; here it can take none, and the
thousand assignments of a Task would be used up before anyone notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from ..clock import Millis
from ..engine.model.changes import Callback
from .callback_loops import Loops

if TYPE_CHECKING:
    from ..emulator import Emulator

__all__ = ["PAUSE_MS", "Throttle"]

PAUSE_MS: Millis = 5000
"""Time for which a callback is held back: as long as an application can take to reply."""

_AT_ONCE = 10
"""Number of times that a chain of replies can bring the same Task to the same Worker without a pause."""

_NO_TIME_MS: Millis = PAUSE_MS // _AT_ONCE

_STORM = 20001
"""Twilio's code for invalid requests: it has none for storms of callbacks."""


class _Chain(NamedTuple):
    """Chain of replies: the number of callbacks about each Worker SID, and the times of the first and the last one."""

    asked: dict[str, int]
    begun: Millis
    sent_at: Millis

    def times(self, worker_sid: str) -> int:
        """Return how often the Worker was asked."""
        return self.asked.get(worker_sid, 0)

    def asking(self, worker_sid: str, now: Millis) -> _Chain:
        """Return the chain with one more callback, about this Worker."""
        return _Chain({**self.asked, worker_sid: self.times(worker_sid) + 1}, self.begun, now)


class Throttle:
    """Throttle of assignment callbacks, by the emulator's clock.

    A callback is held back if the reply to another one caused it, and that chain of replies has brought the same Task
    to the same Worker ten times. Callbacks caused by requests to the API or by timers are never held back. On a running
    clock, a reply that took half a second starts a new chain.
    """

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._answering: Callback | None = None
        self._chains: dict[str, _Chain] = {}
        """Chains by Reservation SID, while the callback is on its way."""
        self._held: list[tuple[Millis, int, Callback, _Chain]] = []
        self._numbers = count()
        self._loops = Loops(self._tell)

    @property
    def due(self) -> Millis | None:
        """Time at which the next callback held back can be sent, or None; those of ended Reservations are dropped."""
        while self._held and not self._is_pending(self._held[0][2]):
            heappop(self._held)
        return self._held[0][0] if self._held else None

    @contextmanager
    def answering(self, callback: Callback) -> Iterator[None]:
        """Treat callbacks that arise inside the block as caused by the reply to ``callback``."""
        self._answering = callback
        try:
            yield
        finally:
            self._answering = None
            self._chains.pop(callback.sid, None)

    def opened(self, callback: Callback) -> AbstractContextManager[None]:
        """Treat ``callback`` as open inside the block, until it is answered or given up."""
        return self._loops.opened(callback)

    def ends(self, callback: Callback) -> bool:
        """Return True if ``callback``, about to be sent, continues a loop: then don't send it."""
        if not self._loops.goes_on(callback):
            return False
        self._chains.pop(callback.sid, None)
        return True

    def admit(self, callbacks: Iterable[Callback]) -> list[Callback]:
        """Return the callbacks to send now; hold back the others."""
        callbacks = list(callbacks)
        if self._answering is None:
            for callback in callbacks:
                self._loops.note_caused(callback)
        return [callback for callback in callbacks if callback.kind != "assignment" or self._may_go(callback)]

    def release(self) -> list[Callback]:
        """Return the held callbacks whose time has come and whose Reservation is still pending."""
        now = self._emulator.clock.now()
        released: list[Callback] = []
        while self._held and self._held[0][0] <= now:
            _, _, callback, chain = heappop(self._held)
            if self._is_pending(callback):
                self._sent(callback, chain, now)
                released.append(callback)
        return released

    def forget(self) -> None:
        """Forget all callbacks, because the emulator's state is replaced."""
        self._chains.clear()
        self._held.clear()
        self._loops.forget()

    def _may_go(self, callback: Callback) -> bool:
        now, worker_sid = self._emulator.clock.now(), callback.parameters["WorkerSid"]
        chain = self._chain_of(callback, now)
        times = chain.times(worker_sid)
        if times < _AT_ONCE:
            self._sent(callback, chain, now)
            return True
        if times == _AT_ONCE:
            self._tell(callback, _sentence(callback, chain))
        heappush(self._held, (now + PAUSE_MS, next(self._numbers), callback, chain))
        return False

    def _chain_of(self, callback: Callback, now: Millis) -> _Chain:
        """Return the chain of replies that ``callback`` continues, or a new one."""
        cause, new = self._answering, _Chain({}, now, now)
        if cause is None or cause.parameters.get("TaskSid") != callback.parameters["TaskSid"]:
            return new
        chain = self._chains.get(cause.sid, new)
        return new if self._emulator.clock.is_running and now - chain.sent_at >= _NO_TIME_MS else chain

    def _sent(self, callback: Callback, chain: _Chain, now: Millis) -> None:
        self._chains[callback.sid] = chain.asking(callback.parameters["WorkerSid"], now)

    def _tell(self, callback: Callback, sentence: str) -> None:
        text = f"{callback.kind} callback: {sentence}"
        self._emulator.alert(_STORM, text, callback.sid, callback.workspace_sid)

    def _is_pending(self, callback: Callback) -> bool:
        state = self._emulator.world.workspaces.get(callback.workspace_sid)
        reservation = None if state is None else state.reservations.get(callback.sid)
        return reservation is not None and reservation.reservation_status == "pending"


def _sentence(callback: Callback, chain: _Chain) -> str:
    task_sid, worker_sid = callback.parameters["TaskSid"], callback.parameters["WorkerSid"]
    seconds = (chain.sent_at - chain.begun) // 1000
    return (
        f"Task {task_sid} was offered to Worker {worker_sid} {_AT_ONCE} times {_within(seconds)}, because each answer, "
        "or its failure, sent the Task back to routing, which found the same Worker. From now on each callback of it "
        f"waits {PAUSE_MS // 1000} seconds. Accept the Reservation, repair what fails, or reject with the activity_sid "
        "of an Activity that is not available"
    )


def _within(seconds: int) -> str:
    return f"in {seconds} s" if seconds else "within a second"
