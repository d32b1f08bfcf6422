"""Past moments of a Workspace: shown as tables, and readable with the SDK."""

from __future__ import annotations

from typing import Any

from helpers.emulator.display.blocks import Sentence, Table
from helpers.emulator.display.durations import utc_time
from helpers.emulator.display.safe_text import one_line, short_sid
from helpers.emulator.display.views.page_view import page_view
from helpers.emulator.timetravel.fork import Fork
from helpers.emulator.timetravel.past import Past
from helpers.output.display import Display
from helpers.timemachine.branches import DEFAULT_NAME, Branch
from helpers.timemachine.finding import find_event, open_past
from helpers.timemachine.read_only_client import make_read_only_client
from helpers.timemachine.workspace_tables import read_tables

__all__ = ["Then", "at", "before"]


class Then(Display):
    """Workspace at one moment, which can be read with the SDK and not changed.

    Attributes:
        client: a twilio ``Client`` that gets the responses of that moment.
        workspace: its context of the Workspace, as ``client.taskrouter.v1.workspaces(sid)``.
    """

    def __init__(self, past: Past, event: Any, *, is_before: bool) -> None:
        self._past = past
        self._origin = past.around(event.number, before=is_before)
        self._workspace_sid = event.workspace_sid
        self.client = make_read_only_client(Fork.standing(self._origin))
        self.workspace: Any = self.client.taskrouter.v1.workspaces(event.workspace_sid)
        when = f"{'before' if is_before else 'after'} {event.event_type}"
        super().__init__(page_view(f"Then({when})", self._blocks(event, when)))

    def branch(self, name: str = DEFAULT_NAME) -> Branch:
        """Return a copy of the Workspace that starts at this moment and can be changed.

        Args:
            name: its name in ``compare``.
        """
        return Branch(self._past, self._origin, self._workspace_sid, name)

    def _blocks(self, event: Any, when: str) -> tuple[Sentence | Table, ...]:
        about = f"{event.resource_type.capitalize()} {short_sid(event.resource_sid)}"
        blocks = [Sentence(f"Right {when} ({one_line(about)}), at {utc_time(self._origin.moment.at)}.")]
        others = [each.event_type for each in self._past.events_beside(event) if each.number != event.number]
        if others:
            blocks.append(Sentence(f"Events at the same moment: {', '.join(dict.fromkeys(others))}."))
        if self._exists():
            return (*blocks, *read_tables(self.workspace))
        return (*blocks, Sentence("There was no Workspace at that time."))

    def _exists(self) -> bool:
        workspaces = self.client.taskrouter.v1.workspaces.list()
        return any(each.sid == self._workspace_sid for each in workspaces)


def at(event: Any, stage: str | None = None) -> Then:
    """Return the Workspace right after ``event`` and everything that happened together with it.

    Args:
        event: an event of ``workspace.events.list()`` or its SID, or a Task or its SID.
        stage: for a Task: created, reserved, accepted, rejected, timeout, completed, canceled, one of the five stages
            in full, or the type of an event. The first such event counts.

    Raises:
        NoHistory: the kernel has no emulator of its own (live mode, or ``TASKROUTER_URL``).
        UnknownMoment: there is no such event; the text says what to pass.
        MomentForgotten: the emulator was reset, or no longer remembers the moment.
    """
    past = open_past()
    return Then(past, find_event(past, event, stage), is_before=False)


def before(event: Any, stage: str | None = None) -> Then:
    """Return the Workspace right before ``event`` and what happened together with it; the rest is as in ``at``."""
    past = open_past()
    return Then(past, find_event(past, event, stage), is_before=True)
