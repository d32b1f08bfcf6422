"""Sandbox: a copy of a workspace for experiments, on the emulator's own engine, without a store or callbacks."""

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
"""Time that a request takes in milliseconds, as on a lesson's clock."""

_MOST_DEADLINES = 500
"""Number of deadlines that pass in one experiment; other Tasks have some, too."""


class Sandbox:
    """Copy of a workspace. Its clock stands still, except in ``wait_for`` and ``request``."""

    def __init__(self, workspace_sid: str, records: Iterable[Record], now: Millis) -> None:
        self.now = now
        self._world = World(copy(record) for record in records)
        self._sid = workspace_sid
        self._sids = SeededSids("trial")

    @property
    def state(self) -> WorkspaceState:
        """State of the workspace in the copy."""
        return self._world.workspaces[self._sid]

    def run(self, command: Callable[..., T], /, *args: Any, **arguments: Any) -> T:
        """Run one command of the engine, then the routing, and return the command's result.

        Raises:
            Refused: TaskRouter would refuse it; the copy must not be used any more.
        """
        account_sid = self.state.workspace.account_sid
        transaction = Transaction(self._world, self.state, account_sid, self.now, self._sids)
        result = command(transaction, *args, **arguments)
        settle(transaction)
        return result

    def request(self, command: Callable[..., T], /, *args: Any, **arguments: Any) -> T:
        """Run one command as a request would: it takes a second, or less if a timer is due before that.

        Raises:
            Refused: as for ``run``.
        """
        self.wait_for(_never, self.now)
        due = self._world.timers.first()
        self.now = min([self.now + _REQUEST_MS, *([due[0]] if due else [])])
        return self.run(command, *args, **arguments)

    def wait_for(self, reserved: Callable[[], Reservation | None], until: Millis) -> Reservation | None:
        """Let time pass until ``reserved`` returns a Reservation, and return that; None if ``until`` comes first."""
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
        """Return the first pending Reservation of a Task, or None."""
        return next(iter(self.pending(task_sid)), None)

    def pending(self, task_sid: str) -> list[Reservation]:
        """Return the pending Reservations of a Task."""
        held = self.state.reservations_of_task(task_sid)
        return [each for each in held if each.reservation_status == "pending"]

    def task(self, sid: str) -> Task | None:
        """Return the Task, or None if it is gone."""
        return self.state.tasks.get(sid)


def _never() -> None:
    """Return None, so that the time passes to its end."""
