"""A copy of a workspace to experiment on: the emulator's own engine, with nothing stored and nobody told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from typing import Any, TypeVar

from ...clock import Millis
from ...engine.commands.deadlines import pass_deadline, watch_clock
from ...engine.model.resources import Record, Reservation, Task
from ...engine.routing.offers import settle
from ...engine.state import WorkspaceState
from ...engine.transaction import Transaction
from ...engine.world import World
from ...sids import SeededSids

__all__ = ["Sandbox"]

T = TypeVar("T")

_REQUEST_MS: Millis = 1000
"""Time that a request takes on a standing clock."""

_MOST_DEADLINES = 500
"""Deadlines passed in one experiment: other Tasks have theirs, too."""


class Sandbox:
    """One copy. Time stands still unless :meth:`wait_for` lets it pass."""

    def __init__(self, workspace_sid: str, records: Iterable[Record], now: Millis) -> None:
        self.now = now
        self._world = World(copy(record) for record in records)
        self._sid = workspace_sid
        self._sids = SeededSids("trial")

    @property
    def state(self) -> WorkspaceState:
        """The workspace as it is in the copy."""
        return self._world.workspaces[self._sid]

    def run(self, command: Callable[..., T], /, *args: Any, **arguments: Any) -> T:
        """Run one command of the engine, and what routing makes of it.

        Raises:
            Refused: TaskRouter would refuse it; the copy is of no use any more.
        """
        account_sid = self.state.workspace.account_sid
        transaction = Transaction(self._world, self.state, account_sid, self.now, self._sids)
        result = command(transaction, *args, **arguments)
        settle(transaction)
        return result

    def request(self, command: Callable[..., T], /, *args: Any, **arguments: Any) -> T:
        """Run one command as a request would: it takes a second, or less where something is due before that.

        Raises:
            Refused: as for :meth:`run`.
        """
        self.wait_for(_never, self.now)
        due = self._world.timers.first()
        self.now = min([self.now + _REQUEST_MS, *([due[0]] if due else [])])
        return self.run(command, *args, **arguments)

    def wait_for(self, reserved: Callable[[], Reservation | None], until: Millis) -> Reservation | None:
        """Let time pass until ``reserved`` finds something, at most until ``until``; what it found."""
        watch_clock(self._world, self.state, self.now)
        for _ in range(_MOST_DEADLINES):
            first = self._world.timers.first()
            if first is None or first[0] > until:
                return None
            self.now = max(self.now, first[0])
            self.run(pass_deadline, first[2])
            watch_clock(self._world, self.state, self.now)
            if (found := reserved()) is not None:
                return found
        return None

    def reservation_for(self, task_sid: str) -> Reservation | None:
        """The first pending Reservation of a Task."""
        return next(iter(self.pending(task_sid)), None)

    def pending(self, task_sid: str) -> list[Reservation]:
        """The pending Reservations of a Task."""
        held = self.state.reservations_of_task(task_sid)
        return [each for each in held if each.reservation_status == "pending"]

    def task(self, sid: str) -> Task | None:
        """The Task, if it is still there."""
        return self.state.tasks.get(sid)


def _never() -> None:
    """Nothing is waited for: the time passes to its end."""
