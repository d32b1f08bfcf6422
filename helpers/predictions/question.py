"""What a prediction is about: the next Reservation of a Task, or of a whole Workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace.task import TaskContext, TaskInstance

from helpers.connection import Connection
from helpers.emulator.display.safe_text import clipped, one_line, short_sid
from helpers.emulator.emulator_errors import MomentForgotten
from helpers.emulator.engine.model.event_types import KEPT_MINUTES
from helpers.emulator.engine.model.statuses import ENDED
from helpers.errors import NotPredictable
from helpers.lessons import story
from helpers.output.kernel_names import name_of, spelled_sid, spelled_workspace
from helpers.timemachine import at

__all__ = ["NOBODY", "Question", "fetched", "generation", "read_about"]

NOBODY = "nobody"
"""The choice that is no Worker."""

_PAGE = 1000
_NOT_FOUND = 404


def read_about(about: Any, who: Any) -> tuple[Any, Any]:
    """The Task, None for whichever comes next, and who is predicted.

    Raises:
        NotPredictable: ``about`` is neither a Task nor, standing alone, a name.
    """
    if about is None or isinstance(about, TaskInstance | TaskContext):
        return about, who
    if isinstance(about, str) and who is None and not about.startswith("WT"):
        return None, about
    raise NotPredictable(f"{type(about).__name__} {clipped(one_line(about), 60)!r}")


def generation(connection: Connection) -> int:
    """Tells the worlds of one kernel apart: after a new beginning the same SIDs stand for something else."""
    running = connection.emulator
    history = None if running is None else running.emulator.history
    return 0 if history is None else history.generation


@dataclass(frozen=True)
class Question:
    """Looks on without leaving a trace on the wire. ``task_sid`` is None where any Task counts."""

    workspace: Any
    workspace_sid: str
    task_sid: str | None
    remembers: bool
    """Whether one can go back to a moment."""
    given: Any = None
    """The Task as it was handed over."""

    @classmethod
    def of(cls, connection: Connection, task: Any) -> Question:
        """What a prediction about ``task`` is about.

        Raises:
            StoryMissing: no Task was named, and the tutorial's Workspace is not there.
        """
        client = connection.onlooker()
        if task is None:
            workspace_sid, task_sid = story.find(client).workspace_sid, None
        else:
            solution = task._solution  # the SDK's own note of where the resource lives
            workspace_sid, task_sid = solution["workspace_sid"], solution["sid"] or task.sid
        workspace = client.taskrouter.v1.workspaces(workspace_sid)
        return cls(workspace, workspace_sid, task_sid, connection.emulator is not None, task)

    @property
    def question(self) -> str:
        """In words."""
        return f"Who will be reserved {'next' if self.task_sid is None else f'for Task {short_sid(self.task_sid)}'}?"

    def code(self, who: str) -> str:
        """What a learner would type to predict ``who``."""
        name = one_line(who).replace("\\", "\\\\").replace('"', '\\"')
        if self.task_sid is None:
            return f'predict("{name}")'
        place = f"{spelled_workspace(self.workspace_sid)}.tasks({spelled_sid(self.task_sid)})"
        return f'predict({name_of(self.given) or place}, "{name}")'

    def workers(self) -> list[Any]:
        """Everybody who could be reserved, in order of creation."""
        found: list[Any] = self.workspace.workers.list(page_size=_PAGE)
        return found

    def offers(self) -> list[Any]:
        """The events that told of a Reservation, oldest first."""
        asked = {} if self.task_sid is None else {"task_sid": self.task_sid}
        found = self.workspace.events.list(
            event_type="reservation.created", minutes=KEPT_MINUTES, page_size=_PAGE, **asked
        )
        return sorted(found, key=lambda event: int(event.event_date_ms))

    def workspace_at(self, event: Any) -> Any:
        """The Workspace right after ``event`` where one can go back; else, and without one, as it is now."""
        if event is None or not self.remembers:
            return self.workspace
        try:
            return at(event).workspace
        except MomentForgotten:
            return self.workspace

    def waits(self) -> bool:
        """Whether somebody is still to be reserved."""
        return self.task_sid is None or getattr(self._task(), "assignment_status", None) == "pending"

    def end(self) -> str | None:
        """How the Task ended, as the beginning of a sentence; None if it has not, or none was named."""
        if self.task_sid is None:
            return None
        task, name = self._task(), f"Task {short_sid(self.task_sid)}"
        if task is None:
            return f"{name} is gone"
        return f"{name} is {task.assignment_status}" if task.assignment_status in ENDED else None

    def _task(self) -> Any:
        return fetched(self.workspace, str(self.task_sid))


def fetched(workspace: Any, task_sid: str) -> Any:
    """A Task; None if it is gone."""
    try:
        return workspace.tasks(task_sid).fetch()
    except TwilioRestException as error:
        if error.status != _NOT_FOUND:
            raise
        return None
