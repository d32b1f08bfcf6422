"""Past moments of an emulator that runs in this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from ..clock import Millis
from ..emulator import Emulator
from ..emulator_errors import MomentForgotten, NothingRemembered
from ..engine.model.resources import Event
from ..history import History, HistoryEntry, Moment
from ..sids import SeededSids
from .fork import Origin

__all__ = ["Past", "Present"]

T = TypeVar("T")


class Present(Protocol):
    """Emulator as it is now, wherever it runs: a :class:`.RunningEmulator` in particular."""

    emulator: Emulator

    def look(self, function: Callable[[Emulator], T]) -> T:
        """Return ``function(emulator)``, run after the callbacks caused so far have been answered."""
        ...


class Past:
    """Past of an emulator, as far as its history goes back.

    Raises:
        NothingRemembered: it was started without ``remembers``, or without a seed.
    """

    def __init__(self, present: Present) -> None:
        history = present.emulator.history
        if history is None or not isinstance(present.emulator.sids, SeededSids):
            raise NothingRemembered
        self._history: History = history
        self._present = present

    def event(self, sid: str) -> Event | None:
        """Return an event of any Workspace, or None."""
        return self._present.look(lambda emulator: emulator.store.event_anywhere(sid))

    def events_of(self, task_sid: str) -> list[Event]:
        """Return the events about a Task, oldest first."""
        return self._present.look(lambda emulator: emulator.store.events_about(task_sid))

    def events_beside(self, event: Event) -> list[Event]:
        """Return the events of the same Workspace at the same time as ``event``, itself included."""
        at = event.event_date_ms
        return self._present.look(lambda emulator: emulator.store.events(event.workspace_sid, start_ms=at, end_ms=at))

    def around(self, event_number: int, *, before: bool = False) -> Origin:
        """Return everything as it was right after, or right before, the command that caused an event.

        Raises:
            MomentForgotten: that is too long ago, or before a snapshot was restored.
        """

        def gather(emulator: Emulator) -> Origin:
            position = self._history.position_after(event_number)
            if position == self._history.start:
                raise MomentForgotten(self._history.kept)
            return self._origin(emulator, self._history.moment(position - before))

        return self._present.look(gather)

    def at(self, position: int) -> Origin:
        """Return everything as it was at a position of the history."""
        return self._present.look(lambda emulator: self._origin(emulator, self._history.moment(position)))

    def present(self) -> Origin:
        """Return everything as it is now."""

        def gather(emulator: Emulator) -> Origin:
            emulator.pass_deadlines(emulator.clock.now())
            return self._origin(emulator, self._history.moment(self._history.end)._replace(at=emulator.clock.now()))

        return self._present.look(gather)

    def since(self, origin: Origin, position: int | None = None) -> tuple[list[HistoryEntry], Millis]:
        """Return the commands since, all deadlines up to now among them, and the present time.

        Args:
            origin: where a fork started.
            position: how far the fork has come since; where it started, if left out.

        Raises:
            MomentForgotten: they are not all remembered any more.
        """

        start = origin.moment.position if position is None else position

        def gather(emulator: Emulator) -> tuple[list[HistoryEntry], Millis]:
            emulator.pass_deadlines(emulator.clock.now())
            if origin.generation != self._history.generation or start < self._history.start:
                raise MomentForgotten(self._history.kept)
            return self._history.entries(start), emulator.clock.now()

        return self._present.look(gather)

    def _origin(self, emulator: Emulator, moment: Moment) -> Origin:
        events = emulator.store.events_until(moment.counters.event_number)
        assert isinstance(emulator.sids, SeededSids)
        return Origin(moment, self._history.generation, events, emulator.sids.seed, dict(emulator.accounts))
