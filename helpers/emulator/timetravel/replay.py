"""Replay of the original's commands in a fork."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from ..clock import Millis
from ..emulator import Emulator
from ..engine.commands import instruction_commands
from ..engine.commands.deadlines import pass_deadline
from ..engine.model.refusals import Refused
from ..engine.model.resources import Reservation
from ..engine.model.statuses import OPEN_RESERVATIONS
from ..history import HistoryEntry, Moment
from .describe import describe, instruction_of
from .fork import Fork

__all__ = ["Deviation", "Replay"]

_decode_reservation = msgspec.json.Decoder(Reservation).decode


@dataclass(frozen=True)
class Deviation:
    """Difference of a fork from the original: when and what was asked, and what became of it in the fork."""

    at: Millis
    asked: str
    outcome: str


class Replay:
    """Replay of commands in ``fork``, which started at ``moment``, each at the time when the original ran it.

    A command on a Reservation that the fork does not have goes to the one that the same Task has here.
    """

    def __init__(self, fork: Fork, moment: Moment) -> None:
        self._fork = fork
        self._emulator: Emulator = fork.emulator
        self._reservations: dict[str, Reservation] = {}
        """Reservations of the original, by SID."""
        self.late = 0
        """Number of commands run after their time, because the fork's clock was past it."""
        self._learn(moment.bodies)

    @staticmethod
    def asks(entry: HistoryEntry) -> bool:
        """Return True for a command, False for a timer, which fires by itself in a fork, too."""
        return entry.command.function is not pass_deadline

    def ask(self, entries: list[HistoryEntry], until: Millis) -> list[Deviation]:
        """Run all commands in order, advance the fork to ``until``, and return what went differently."""
        found = [deviation for entry in entries for deviation in self._ask(entry)]
        self._pass_time(until)
        return found

    def _ask(self, entry: HistoryEntry) -> list[Deviation]:
        outcomes: list[str] = []
        if self.asks(entry):
            self.late += self._emulator.clock.now() > entry.at
            with self._at_its_time(entry):
                outcomes = self._outcomes(entry)
            self._fork.sids.at_least(entry.after.sids)
        else:
            self._pass_time(entry.at)
        self._learn(entry.saved)
        return [Deviation(entry.at, describe(entry), outcome) for outcome in outcomes]

    @contextmanager
    def _at_its_time(self, entry: HistoryEntry) -> Iterator[None]:
        """Advance to the time of a command: a write came before the timers of its time, a refused one took no time.

        A refused command created nothing, so what it creates here is the fork's own.
        """
        if entry.refused is not None:
            self._pass_time(entry.at)
            with self._fork.own_sids():
                yield
        else:
            self._pass_time(entry.at - 1)
            with self._emulator.clock.writing_at(entry.at):
                yield

    def _pass_time(self, until: Millis) -> None:
        self._emulator.clock.at_least(until)
        self._emulator.pass_deadlines(self._emulator.clock.now())

    def _outcomes(self, entry: HistoryEntry) -> list[str]:
        then = self._reservations.get(_named_reservation(entry))
        here = None if then is None else self._counterpart(then)
        if then is not None and here is None:
            missing = f"not applied: Task {then.task_sid[:6]}… has no open Reservation here"
            return [missing] if entry.refused is None and _wants_something(entry) else []
        refused = self._run(entry, then, here)
        outcomes = []
        if then and here and then.worker_sid != here.worker_sid and _wants_something(entry):
            outcomes.append(f"applied to the Reservation that {self._name(here)} has here")
        if refused is not None and entry.refused is None:
            outcomes.append(f"refused here: {refused}")
        if refused is None and entry.refused is not None:
            outcomes.append(f"accepted here; then it was refused: {entry.refused}")
        if refused is None and not entry.alerts:
            outcomes += [f"without effect here: {alert}" for alert in self._alerts()]
        return outcomes

    def _run(self, entry: HistoryEntry, then: Reservation | None, here: Reservation | None) -> str | None:
        """Run the command again, on ``here`` in place of ``then``; return why it was refused, or None."""
        sids = {then.sid: here.sid, then.worker_sid: here.worker_sid} if then and here else {}
        args = [_translate(value, sids) for value in entry.command.args]
        arguments = {name: _translate(value, sids) for name, value in entry.command.arguments.items()}
        if entry.refused is None and "if_match" in arguments:
            arguments["if_match"] = None  # it named the version that was right there
        try:
            self._emulator.write(entry.account_sid, entry.workspace_sid, entry.command.function, *args, **arguments)
        except Refused as refused:
            return refused.message
        return None

    def _counterpart(self, then: Reservation) -> Reservation | None:
        """Return the fork's Reservation for one of the original; None if its Task has no open one."""
        state = self._emulator.world.workspaces.get(then.workspace_sid)
        if state is None:
            return then  # and the workspace will be found missing
        same = state.reservations.get(then.sid)
        if same is not None and (same.task_sid, same.worker_sid) == (then.task_sid, then.worker_sid):
            return same
        of_task = state.reservations_of_task(then.task_sid)
        candidates = [each for each in of_task if each.reservation_status in OPEN_RESERVATIONS]
        by_likeness = sorted(
            candidates, key=lambda each: (each.worker_sid != then.worker_sid, each.reservation_status != "pending")
        )
        return next(iter(by_likeness), None)

    def _name(self, reservation: Reservation) -> str:
        worker = self._emulator.world.workspaces[reservation.workspace_sid].workers.get(reservation.worker_sid)
        return "a Worker" if worker is None else worker.friendly_name

    def _alerts(self) -> tuple[str, ...]:
        history = self._emulator.history
        return () if history is None else history.entries(history.end - 1)[0].alerts

    def _learn(self, bodies: Mapping[str, tuple[str, bytes]]) -> None:
        for sid, (kind, body) in bodies.items():
            if kind == Reservation.kind:
                self._reservations[sid] = _decode_reservation(body)


def _named_reservation(entry: HistoryEntry) -> str:
    """Return the SID of the Reservation that a command is about; empty if it is about something else."""
    return next((value for value in entry.command.args if isinstance(value, str) and value.startswith("WR")), "")


def _translate(value: Any, sids: dict[str, str]) -> Any:
    """Return the fork's SID for a SID of the original, and any other argument as it is."""
    return sids.get(value, value) if isinstance(value, str) else value


def _wants_something(entry: HistoryEntry) -> bool:
    if entry.command.function is instruction_commands.give_up:
        return False
    return entry.command.function is not instruction_commands.answer or instruction_of(entry) is not None
