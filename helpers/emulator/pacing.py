"""Keeps a Task from being offered to the same Worker again and again in no time.

When an application cannot be reached, or always rejects, the Task goes back to routing and may at once be offered to
the same Worker (reference 7.3, 15). Between Twilio and a real application each round takes time; here it would take
none, and the thousand assignments a Task may have would be used up before anybody looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from helpers.emulator.clock import Millis
from helpers.emulator.engine.changes import Callback

if TYPE_CHECKING:
    from helpers.emulator.emulator import Emulator

__all__ = ["PAUSE_MS", "Pacing"]

PAUSE_MS: Millis = 5000
"""As long as an application may take to answer."""


class Pacing:
    """Holds assignment callbacks back by the emulator's clock.

    Held is a callback that the answer to another one caused, if that chain of answers has come round to the same Task
    and Worker. What a person or a program does through the API is never held up.
    """

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._answering: Callback | None = None
        self._asked: dict[str, frozenset[str]] = {}
        """Reservation SID → Workers asked in its chain of answers, while the callback is on its way."""
        self._held: list[tuple[Millis, int, Callback]] = []
        self._numbers = count()

    @property
    def due(self) -> Millis | None:
        """When the next held callback may go; one whose Reservation has ended meanwhile never will."""
        while self._held and not self._is_pending(self._held[0][2]):
            heappop(self._held)
        return self._held[0][0] if self._held else None

    @contextmanager
    def answering(self, callback: Callback) -> Iterator[None]:
        """What is caused meanwhile, the answer to ``callback`` causes."""
        self._answering = callback
        try:
            yield
        finally:
            self._answering = None
            self._asked.pop(callback.sid, None)

    def admit(self, callbacks: Iterable[Callback]) -> list[Callback]:
        """Those that may go now; the others are held."""
        return [callback for callback in callbacks if callback.kind != "assignment" or self._may_go(callback)]

    def release(self) -> list[Callback]:
        """Those whose time has come, and whose Reservation still waits for an answer."""
        released: list[Callback] = []
        while self._held and self._held[0][0] <= self._emulator.now():
            _, _, callback = heappop(self._held)
            if self._is_pending(callback):
                self._asked[callback.sid] = frozenset({callback.parameters["WorkerSid"]})
                released.append(callback)
        return released

    def _may_go(self, callback: Callback) -> bool:
        cause, worker_sid = self._answering, callback.parameters["WorkerSid"]
        asked: frozenset[str] = frozenset()
        if cause is not None and cause.parameters["TaskSid"] == callback.parameters["TaskSid"]:
            asked = self._asked.get(cause.sid, asked)
        if worker_sid in asked:
            heappush(self._held, (self._emulator.now() + PAUSE_MS, next(self._numbers), callback))
            return False
        self._asked[callback.sid] = asked | {worker_sid}
        return True

    def _is_pending(self, callback: Callback) -> bool:
        state = self._emulator.world.workspaces.get(callback.workspace_sid)
        reservation = None if state is None else state.reservations.get(callback.sid)
        return reservation is not None and reservation.reservation_status == "pending"
