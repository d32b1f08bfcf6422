"""A Workspace that goes another way from a moment on, and what that leads to."""

from __future__ import annotations

from typing import Any

from helpers.emulator.display.blocks import Column, Sentence, Table
from helpers.emulator.display.safe_text import one_line
from helpers.emulator.display.views.page_view import page_view
from helpers.emulator.display.views.tables.table_view import SHOWN_ROWS
from helpers.emulator.explanations.sentences.phrases import clock
from helpers.emulator.timetravel.fork import Fork, Origin
from helpers.emulator.timetravel.past import Past
from helpers.emulator.timetravel.replay import Deviation, Replay
from helpers.errors import EmulatorRefused
from helpers.output.display import Display
from helpers.timemachine.read_only_client import client_on

__all__ = ["DEFAULT_NAME", "Branch", "Replayed"]

DEFAULT_NAME = "the branch"

_DEVIATIONS = (Column("Time"), Column("Asked"), Column("What became of it here"))


class Branch:
    """A TaskRouter of its own, in this kernel. Nothing leaves it: callbacks are not sent.

    While you change something its time stands still; ``replay`` and ``advance`` move it.

    Attributes:
        name: what ``compare`` calls it.
        client: a twilio ``Client`` on it.
        workspace: its context of the Workspace, as ``client.taskrouter.v1.workspaces(sid)``.
    """

    def __init__(self, past: Past, origin: Origin, workspace_sid: str, name: str) -> None:
        self.name = one_line(name) or DEFAULT_NAME
        self._past, self._origin = past, origin
        self._fork = Fork(origin)
        self._replay = Replay(self._fork, origin.moment)
        self._position = origin.moment.position
        self.client = client_on(self._fork)
        self.workspace: Any = self.client.taskrouter.v1.workspaces(workspace_sid)
        self.workspace_sid = workspace_sid

    def __repr__(self) -> str:
        return f"Branch({self.name!r}, {clock(self._fork.now())})"

    @property
    def now_ms(self) -> int:
        """The branch's time, in milliseconds since 1970."""
        return self._fork.now()

    def events(self) -> list[Any]:
        """What happened in the Workspace, oldest first, even if it has been deleted since."""
        return self._fork.emulator.store.events(self.workspace_sid)

    def advance(self, seconds: float) -> None:
        """Move the branch's clock on by ``seconds``; timers that fall due fire in order.

        Raises:
            EmulatorRefused: ``seconds`` is negative, not finite, or more than ten years.
        """
        try:
            self._fork.advance(seconds)
        except ValueError as error:
            raise EmulatorRefused("clock/advance", f"{error}.") from None

    def replay(self) -> Replayed:
        """Ask the branch for everything that the original was asked for since, and say what went otherwise.

        Requests, instructions from callbacks and the passing of time come at the same lesson times; what was to be
        done with a Reservation is done with the one that the same Task has here. Asked a second time, it goes on from
        where it ended.

        Raises:
            MomentForgotten: the emulator has begun again, or no longer remembers so far back.
        """
        entries, now = self._past.since(self._origin, self._position)
        self._position += len(entries)
        asked, late = sum(self._replay.asks(entry) for entry in entries), self._replay.late
        deviations = self._replay.ask(entries, now)
        return Replayed(self.name, asked, self._replay.late - late, deviations, self._fork.now())


class Replayed(Display):
    """What a branch was asked again; ``deviations`` are what went otherwise."""

    def __init__(self, name: str, asked: int, late: int, deviations: list[Deviation], now: int) -> None:
        self.deviations = tuple(deviations)
        commands = "1 command" if asked == 1 else f"{asked} commands"
        blocks: list[Sentence | Table] = [
            Sentence(f"Asked again in “{name}”: {commands}. It is {clock(now)} there now.")
        ]
        if late:
            blocks.append(Sentence(f"Later than then, as the branch's clock was past their time: {late} of them."))
        if deviations:
            rows = tuple(_row(each, now) for each in deviations[:SHOWN_ROWS])
            title, more = f"What went otherwise ({len(deviations)})", len(deviations) - len(rows)
            blocks.append(Table(title, _DEVIATIONS, rows, empty="", more=more))
        elif asked:
            blocks.append(Sentence("Each was done as it was then."))
        super().__init__(page_view(f"Replayed({asked}, {len(deviations)} otherwise)", blocks))


def _row(deviation: Deviation, now: int) -> tuple[str, ...]:
    return clock(deviation.at, now), one_line(deviation.asked), one_line(deviation.outcome)
