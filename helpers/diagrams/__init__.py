"""Diagrams of what happened and of what would happen: sequence, timeline and routing, each also in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from twilio.rest.taskrouter.v1.workspace.workflow import WorkflowInstance

from helpers.diagrams.diagram import Diagram
from helpers.diagrams.routing_tree import routing_picture
from helpers.diagrams.sequence import sequence_picture
from helpers.diagrams.timeline import timeline_picture
from helpers.emulator.display.safe_text import one_line
from helpers.emulator.display.views.sdk_shapes import (
    ArrivalLike,
    EventLike,
    SentLike,
    TaskLike,
    TaskQueueLike,
    WorkflowLike,
)
from helpers.emulator.sids import is_sid
from helpers.errors import NotShowable
from helpers.output.arguments import check_each, check_one
from helpers.wire import Pause, Wire

__all__ = ["Diagram", "show_routing", "show_sequence", "show_timeline"]


def show_sequence(
    wire: Iterable[SentLike],
    inbox: Iterable[ArrivalLike] = (),
    *,
    task: TaskLike | str | None = None,
    reads: bool = False,
) -> Diagram:
    """Draw who said what to whom: ``show_sequence(connection.wire, listener.inbox)``.

    Args:
        wire: what the SDK sent and got, and where the clock was moved on.
        inbox: what the listener received and replied.
        task: a Task or its SID; then only what concerns it is drawn.
        reads: whether GET requests are drawn, too.

    What curl sends straight to TaskRouter passes neither wire nor inbox, so it is not drawn.

    Raises:
        NotShowable: ``wire`` or ``inbox`` hold something else.
    """
    pauses: tuple[Pause, ...] = ()
    if isinstance(wire, Wire):
        wire.settle()
        pauses = wire.pauses
    exchanges, arrivals = check_each("exchange", wire), check_each("received request", inbox)
    return sequence_picture(exchanges, arrivals, pauses, task_sid=_sid_of(task), reads=reads)


def show_timeline(events: Iterable[EventLike], *, task: TaskLike | str | None = None) -> Diagram:
    """Draw the states a Task was in: ``show_timeline(workspace.events.list(task_sid=task.sid))``.

    Args:
        events: Events in any order; those that tell of no Task are left aside.
        task: a Task or its SID; needed when the Events tell of several Tasks.

    Raises:
        NotShowable: these are no Events.
    """
    return timeline_picture(check_each("Event", events), task_sid=_sid_of(task))


def show_routing(
    workflow: WorkflowLike | Mapping[str, Any] | str,
    queues: Iterable[TaskQueueLike] | None = None,
    task: TaskLike | Mapping[str, Any] | str | None = None,
    *,
    at: datetime | None = None,
) -> Diagram:
    """Draw a Workflow as a tree: ``show_routing(workflow)``, ``show_routing(workflow, task=task)``.

    Args:
        workflow: a Workflow, or its configuration as a dict or as JSON text.
        queues: TaskQueues whose names are shown; of others the SID is. Read with one request where a Workflow of the
            SDK is given and they are left out.
        task: a Task, or attributes as a dict or as JSON text; the way it takes is marked.
        at: the time at which filters on ``taskrouter.*`` are asked; a Task brings its own, that of its creation.

    Raises:
        NotShowable: this is no Workflow, or these are no TaskQueues.
    """
    if hasattr(queues, "assignment_status") or isinstance(queues, Mapping | str):
        raise NotShowable("TaskQueues here", queues, "show_routing(workflow, task=task)", is_misplaced=True)
    if queues is None:
        queues = _queues_beside(workflow)
    names = {str(queue.sid): str(queue.friendly_name) for queue in check_each("TaskQueue", queues)}
    if isinstance(workflow, Mapping):
        return routing_picture("Workflow", json.dumps(workflow, default=str), names, task, at)
    if isinstance(workflow, str):
        if is_sid(workflow, "WW"):
            raise NotShowable("a Workflow", workflow, "workspace.workflows(sid).fetch()")
        return routing_picture("Workflow", workflow, names, task, at)
    given = check_one("Workflow", workflow)
    title = f"Workflow “{one_line(given.friendly_name)}”"
    return routing_picture(title, str(given.configuration or ""), names, task, at)


def _queues_beside(workflow: object) -> Iterable[TaskQueueLike]:
    """Read the TaskQueues of the Workspace that a Workflow of the SDK belongs to; none for a mere configuration."""
    if not isinstance(workflow, WorkflowInstance):
        return ()
    solution = workflow._solution  # the SDK's own note of where the resource lives
    queues: Iterable[TaskQueueLike] = workflow._version.workspaces(solution["workspace_sid"]).task_queues.list()
    return queues


def _sid_of(task: TaskLike | str | None) -> str | None:
    return task if task is None or isinstance(task, str) else str(check_one("Task", task).sid)
