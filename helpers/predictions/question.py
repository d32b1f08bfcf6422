"""Question of a prediction: the next Reservation of a Task, or of a whole Workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twilio.rest.taskrouter.v1.workspace.task import TaskContext, TaskInstance

from helpers.connection import Connection
from helpers.emulator.display.safe_text import short_sid
from helpers.emulator.emulator_errors import MomentForgotten
from helpers.emulator.engine.model.event_types import KEPT_MINUTES
from helpers.emulator.engine.model.statuses import ENDED
from helpers.emulator.sdk.sdk_reading import fetch_or_none, other_world_of, read_list, sid_of, workspace_sid_of
from helpers.errors.prediction_problems import NotPredictable
from helpers.errors.view_problems import OtherWorld
from helpers.lessons import story
from helpers.output.kernel_names import name_of, spell_sid, spell_text, spell_workspace
from helpers.timemachine import at

__all__ = ["NOBODY", "Question", "generation", "read_about"]

NOBODY = "nobody"
"""Choice that nobody will be reserved."""


def read_about(about: Any, who: Any) -> tuple[Any, Any]:
    """Return the Task, or None for any Task, and the choice.

    Raises:
        NotPredictable: ``about`` is neither a Task nor, without ``who``, a name.
    """
    if about is None or isinstance(about, TaskInstance | TaskContext):
        return about, who
    if isinstance(about, str) and who is None and not about.startswith("WT"):
        return None, about
    raise NotPredictable(about)


def generation(connection: Connection) -> int:
    """Return the number of the emulator's history: a reset starts another one, with the same SIDs."""
    running = connection.emulator
    history = None if running is None else running.emulator.history
    return 0 if history is None else history.generation


@dataclass(frozen=True)
class Question:
    """Question about a Workspace that is read without a trace on the wire. ``task_sid`` is None if any Task counts."""

    workspace: Any
    workspace_sid: str
    task_sid: str | None
    remembers: bool
    """True if past moments can be read."""
    given: Any = None
    """Task as it was passed."""

    @classmethod
    def of(cls, connection: Connection, task: Any) -> Question:
        """Return the question about ``task``, or about the tutorial's Workspace if that is None.

        Raises:
            StoryMissing: no Task was named, and the tutorial's Workspace isn't there.
            OtherWorld: the Task is a copy's or a branch's.
        """
        if place := other_world_of(task):
            raise OtherWorld("predict()", place)
        client = connection.make_onlooker()
        if task is None:
            workspace_sid, task_sid = story.find(client, connection.workspace_name).workspace_sid, None
        else:
            workspace_sid, task_sid = workspace_sid_of(task), sid_of(task)
        workspace = client.taskrouter.v1.workspaces(workspace_sid)
        return cls(workspace, workspace_sid, task_sid, connection.emulator is not None, task)

    @property
    def question(self) -> str:
        """The question in words."""
        return f"Who will be reserved {'next' if self.task_sid is None else f'for Task {short_sid(self.task_sid)}'}?"

    def code(self, who: str) -> str:
        """Return the code that predicts ``who``."""
        name = spell_text(who)
        if self.task_sid is None:
            return f"predict({name})"
        place = f"{spell_workspace(self.workspace_sid)}.tasks({spell_sid(self.task_sid)})"
        return f"predict({name_of(self.given) or place}, {name})"

    def workers(self) -> list[Any]:
        """Return all Workers, in order of creation."""
        return read_list(self.workspace.workers)

    def offers(self) -> list[Any]:
        """Return the ``reservation.created`` events, oldest first."""
        asked: dict[str, Any] = {} if self.task_sid is None else {"task_sid": self.task_sid}
        found = read_list(self.workspace.events, event_type="reservation.created", minutes=KEPT_MINUTES, **asked)
        return sorted(found, key=lambda event: int(event.event_date_ms))

    def workspace_at(self, event: Any) -> Any:
        """Return the Workspace right after ``event``, or as it is now if there is none or the past can't be read."""
        if event is None or not self.remembers:
            return self.workspace
        try:
            return at(event).workspace
        except MomentForgotten:
            return self.workspace

    def waits(self) -> bool:
        """Return True if the Task is pending, or any Task counts."""
        return self.task_sid is None or getattr(self._task(), "assignment_status", None) == "pending"

    def end(self) -> str | None:
        """Return how the Task ended, as the start of a sentence; None if it hasn't, or any Task counts."""
        if self.task_sid is None:
            return None
        task, name = self._task(), f"Task {short_sid(self.task_sid)}"
        if task is None:
            return f"{name} no longer exists"
        return f"{name} is {task.assignment_status}" if task.assignment_status in ENDED else None

    def _task(self) -> Any:
        return fetch_or_none(self.workspace.tasks(str(self.task_sid)))
