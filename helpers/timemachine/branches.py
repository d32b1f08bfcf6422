"""Branch: a copy of a Workspace that starts at an earlier moment and can continue differently."""

from __future__ import annotations

from typing import Any

from helpers.emulator.display.blocks import Column, Sentence, Table
from helpers.emulator.display.durations import utc_time
from helpers.emulator.display.safe_text import one_line
from helpers.emulator.display.views.page_view import page_view
from helpers.emulator.display.views.tables.table_view import SHOWN_ROWS
from helpers.emulator.timetravel.fork import Fork, Origin
from helpers.emulator.timetravel.past import Past
from helpers.emulator.timetravel.replay import Deviation, Replay
from helpers.errors.connection_problems import EmulatorRefused
from helpers.output.display import Display
from helpers.timemachine.read_only_client import make_client

__all__ = ["DEFAULT_NAME", "Branch", "Replayed"]

DEFAULT_NAME = "the branch"

_DEVIATIONS = (Column("Time"), Column("Asked"), Column("Result here"))


class Branch:
    """Copy of a Workspace in an emulator of its own, in this kernel. It sends no callbacks.

    Its clock stands still while you change something; ``replay`` and ``advance`` move it.

    Attributes:
        name: its name in ``compare``.
        client: a twilio ``Client`` for the branch.
        workspace: its context of the Workspace, as ``client.taskrouter.v1.workspaces(sid)``.
    """

    def __init__(self, past: Past, origin: Origin, workspace_sid: str, name: str) -> None:
        self.name = one_line(name) or DEFAULT_NAME
        self._past, self._origin = past, origin
        self._fork = Fork(origin)
        self._replay = Replay(self._fork, origin.moment)
        self._position = origin.moment.position
        self.client = make_client(self._fork)
        self.workspace: Any = self.client.taskrouter.v1.workspaces(workspace_sid)
        self.workspace_sid = workspace_sid

    def __repr__(self) -> str:
        return f"Branch({self.name!r}, {utc_time(self._fork.now())})"

    @property
    def now_ms(self) -> int:
        """The branch's time, in milliseconds since 1970."""
        return self._fork.now()

    def events(self) -> list[Any]:
        """Return the events of the Workspace, oldest first, even if it has been deleted."""
        return self._fork.emulator.store.events(self.workspace_sid)

    def advance(self, seconds: float) -> None:
        """Move the branch's clock forward by ``seconds``; timers that are due fire in order.

        Raises:
            EmulatorRefused: ``seconds`` is negative, not finite, or more than ten years.
        """
        try:
            self._fork.advance(seconds)
        except ValueError as error:
            raise EmulatorRefused("clock/advance", f"{error}.") from None

    def replay(self) -> Replayed:
        """Repeat in the branch what happened in the original since the moment, and show what went differently.

        Requests, instructions from callbacks and the passing of time are repeated at the same lesson times. An
        answer to a Reservation goes to the Reservation that the same Task has here. A second call continues where the
        first one ended.

        Raises:
            MomentForgotten: the emulator was reset, or no longer remembers the moment.
        """
        entries, now = self._past.since(self._origin, self._position)
        self._position += len(entries)
        asked, late = sum(self._replay.asks(entry) for entry in entries), self._replay.late
        deviations = self._replay.ask(entries, now)
        return Replayed(self.name, asked, self._replay.late - late, deviations, self._fork.now())


class Replayed(Display):
    """Display of a replay; ``deviations`` are the commands that went differently."""

    def __init__(self, name: str, asked: int, late: int, deviations: list[Deviation], now: int) -> None:
        self.deviations = tuple(deviations)
        commands = "1 command" if asked == 1 else f"{asked} commands"
        blocks: list[Sentence | Table] = [
            Sentence(f"Replayed in “{name}”: {commands}. It's {utc_time(now)} there now.")
        ]
        if late:
            blocks.append(
                Sentence(
                    f"{late} of them later than the first time, because the branch's clock was already past their time."
                )
            )
        if deviations:
            rows = tuple(_row(each, now) for each in deviations[:SHOWN_ROWS])
            title, more = f"Different results ({len(deviations)})", len(deviations) - len(rows)
            blocks.append(Table(title, _DEVIATIONS, rows, empty="", more=more))
        elif asked:
            blocks.append(Sentence("Each had the same result as the first time."))
        super().__init__(page_view(f"Replayed({asked}, {len(deviations)} otherwise)", blocks))


def _row(deviation: Deviation, now: int) -> tuple[str, ...]:
    return utc_time(deviation.at, now), one_line(deviation.asked), one_line(deviation.outcome)
