"""Question of a prediction about one value: a Task's status, or a Worker's Activity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from twilio.rest.taskrouter.v1.workspace.task import TaskContext, TaskInstance
from twilio.rest.taskrouter.v1.workspace.worker import WorkerContext, WorkerInstance

from helpers.connection import Connection
from helpers.emulator.display.safe_text import clip, one_line, short_sid
from helpers.emulator.engine.model.statuses import TASK_MOVES
from helpers.emulator.sdk.sdk_reading import fetch_or_none, other_world_of, read_list, sid_of, workspace_sid_of
from helpers.errors.prediction_problems import NoSuchWhat, NotPredictable
from helpers.errors.view_problems import OtherWorld
from helpers.lessons import story
from helpers.output.kernel_names import name_of, spell_sid, spell_text, spell_workspace

__all__ = ["ValueQuestion", "ask_value", "read_value_call"]

_SUBJECTS = {"status": (TaskInstance, TaskContext), "activity": (WorkerInstance, WorkerContext)}


@dataclass(frozen=True)
class ValueQuestion:
    """Question with its ``choices``. ``kind`` names a choice, such as "Activity"."""

    text: str
    kind: str
    choices: Sequence[str]
    code: Callable[[str], str]
    """Function that returns the code that predicts a choice."""
    read: Callable[[], tuple[str, str] | None]
    """Function that returns the value now and a sentence about it without a full stop; None if there is none yet."""


def read_value_call(what: str, about: Any, choice: Any) -> tuple[Any, Any]:
    """Return the Task or the Worker, or None for the next Task, and the choice.

    Raises:
        NoSuchWhat: ``what`` can't be predicted.
        NotPredictable: ``about`` isn't what ``what`` is a property of.
    """
    if what not in _SUBJECTS:
        raise NoSuchWhat(clip(one_line(repr(what)), 60), ["worker", *_SUBJECTS])
    if isinstance(about, _SUBJECTS[what]):
        return about, choice
    if what == "status" and (about is None or (isinstance(about, str) and choice is None)):
        return None, about
    raise NotPredictable(about, what)


def ask_value(connection: Connection, what: str, about: Any) -> ValueQuestion:
    """Return the question about ``about``, read without a trace on the wire.

    Raises:
        OtherWorld: ``about`` is a copy's or a branch's.
        StoryMissing: no Task was named, and the tutorial's Workspace isn't there.
    """
    if place := other_world_of(about):
        raise OtherWorld("predict()", place)
    client = connection.make_onlooker()
    if about is None:
        workspace_sid = story.find(client, connection.workspace_name).workspace_sid
        return _ask_next_status(client.taskrouter.v1.workspaces(workspace_sid))
    workspace = client.taskrouter.v1.workspaces(workspace_sid_of(about))
    return (_ask_status if what == "status" else _ask_activity)(workspace, about)


def _ask_next_status(workspace: Any) -> ValueQuestion:
    earlier = {task.sid for task in read_list(workspace.tasks)}

    def read() -> tuple[str, str] | None:
        made = [task for task in read_list(workspace.tasks) if task.sid not in earlier]
        return _tell_status(made[0]) if made else None

    def code(choice: str) -> str:
        return f'predict("{choice}", what="status")'

    return ValueQuestion("Which status will the next Task have?", "status", list(TASK_MOVES), code, read)


def _ask_status(workspace: Any, task: Any) -> ValueQuestion:
    sid = str(sid_of(task))

    def read() -> tuple[str, str] | None:
        found = fetch_or_none(workspace.tasks(sid))
        return None if found is None else _tell_status(found)

    def code(choice: str) -> str:
        place = name_of(task) or f"{spell_workspace(workspace_sid_of(task))}.tasks({spell_sid(sid)})"
        return f'predict({place}, "{choice}", what="status")'

    text = f"Which status will Task {short_sid(sid)} have?"
    return ValueQuestion(text, "status", list(TASK_MOVES), code, read)


def _tell_status(task: Any) -> tuple[str, str]:
    return str(task.assignment_status), f"Task {short_sid(task.sid)} is {task.assignment_status}"


def _ask_activity(workspace: Any, worker: Any) -> ValueQuestion:
    sid = str(sid_of(worker))

    def read() -> tuple[str, str] | None:
        found = fetch_or_none(workspace.workers(sid))
        if found is None:
            return None
        return str(found.activity_name), f"{one_line(found.friendly_name)} is {one_line(found.activity_name)}"

    def code(choice: str) -> str:
        place = name_of(worker) or f"{spell_workspace(workspace_sid_of(worker))}.workers({spell_sid(sid)})"
        return f'predict({place}, {spell_text(choice)}, what="activity")'

    found = fetch_or_none(workspace.workers(sid))
    name = one_line(getattr(found, "friendly_name", f"Worker {short_sid(sid)}"))
    names = [str(activity.friendly_name) for activity in read_list(workspace.activities)]
    return ValueQuestion(f"Which Activity will {name} have?", "Activity", names, code, read)
