"""The resource to explain, and the Workspace it belongs to."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from twilio.rest.taskrouter.v1.workspace.task import TaskContext, TaskInstance
from twilio.rest.taskrouter.v1.workspace.worker import WorkerContext, WorkerInstance
from twilio.rest.taskrouter.v1.workspace.workflow import WorkflowContext, WorkflowInstance

from ...display.safe_text import one_line
from ...display.value_kinds import with_article
from ...emulator_errors import NotExplainable
from ...sdk.sdk_reading import client_of, fetch_or_none, sid_of, workspace_of, workspace_sid_of
from ...sids import is_sid
from ..spelling import Spelling

__all__ = ["Given", "read_given"]

Kind = Literal["task", "worker", "workflow"]

_KINDS: dict[type, Kind] = {
    TaskInstance: "task",
    TaskContext: "task",
    WorkerInstance: "worker",
    WorkerContext: "worker",
    WorkflowInstance: "workflow",
    WorkflowContext: "workflow",
}
_RESERVATION = "For a Reservation, explain its Task: `explain(workspace.tasks(reservation.task_sid).fetch())`."
_TASK_QUEUE = "For a TaskQueue, explain a Task in it, or a Worker who should be in it: `explain(worker)`."
_TASK = "Fetch a Task: `explain(workspace.tasks(task_sid).fetch())`."
_FETCHES = {
    "WT": "explain(workspace.tasks({sid!r}).fetch())",
    "WK": "explain(workspace.workers({sid!r}).fetch())",
    "WW": "explain(workspace.workflows({sid!r}).fetch(), attributes)",
}


class Given(msgspec.Struct, frozen=True):
    """A resource as it is now; ``instance`` is None if it is gone."""

    kind: Kind
    sid: str
    workspace: Any
    """Context of the SDK for the workspace."""
    workspace_sid: str
    instance: Any
    as_given: Any
    """Object that was passed, which can be older."""
    spelling: Spelling

    def typed(self, arguments: str = "") -> str:
        """Return code that explains it once more."""
        return self.spelling.explain(self.as_given, self.kind, self.sid, arguments)


def read_given(given: object, spelling: type[Spelling]) -> Given:
    """Fetch ``given`` again, as it can have changed, and return it with its kind and its Workspace.

    Raises:
        NotExplainable: it isn't a Task, Worker or Workflow of the SDK.
        TwilioException: a request was refused, except that the resource is gone.
    """
    kind = next((name for known, name in _KINDS.items() if isinstance(given, known)), None)
    if kind is None:
        raise NotExplainable(*_instead(given))
    sid, workspace_sid, workspace = sid_of(given) or "", workspace_sid_of(given), workspace_of(given)
    instance = fetch_or_none(getattr(workspace, f"{kind}s")(sid))
    return Given(kind, sid, workspace, workspace_sid, instance, given, spelling(workspace_sid, client_of(workspace)))


def _instead(given: object) -> tuple[str, str]:
    """Return words for what was given, and advice on what to write instead."""
    match given:
        case None:
            return "None", "The variable has no value yet. Create or fetch the Task first."
        case dict():
            return "a dict", "Pass what `workspace.tasks.create(...)` or `.fetch()` returned, not its contents."
        case str() if is_sid(given, given[:2]) and given[:2] in _FETCHES:
            return f"a SID as text, {given[:6]}…", f"Fetch it first: `{_FETCHES[given[:2]].format(sid=given)}`."
        case str():
            return f"the text {one_line(given)[:60]!r}", _advice(
                {"WR": "Reservation", "WQ": "TaskQueue"}.get(given[:2])
            )
        case list() | tuple():
            return f"a {type(given).__name__}", "Choose one of its items, for example `explain(tasks[0])`."
    name = type(given).__name__
    return with_article(name), _advice(name)


def _advice(kind: str | None) -> str:
    """Return advice on what to explain instead of something of this kind."""
    if kind is not None and kind.startswith("Reservation"):
        return _RESERVATION
    return _TASK_QUEUE if kind is not None and kind.startswith("TaskQueue") else _TASK
