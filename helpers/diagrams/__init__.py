"""Diagrams of requests (sequence), a Task's states (timeline) and a Workflow (routing), and plots, all in words too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from twilio.rest.taskrouter.v1.workspace.workflow import WorkflowInstance

from helpers.diagrams.routing_view import routing_view
from helpers.diagrams.sequence_view import sequence_view
from helpers.diagrams.states_view import states_view
from helpers.emulator.display.safe_text import one_line
from helpers.emulator.display.views.sdk_shapes import (
    ArrivalLike,
    EventLike,
    SentLike,
    TaskLike,
    TaskQueueLike,
    WorkflowLike,
)
from helpers.emulator.sdk.sdk_reading import read_list, workspace_of
from helpers.emulator.sids import is_sid
from helpers.errors.view_problems import NotShowable
from helpers.output.arguments import check_each, check_one
from helpers.output.display import Display
from helpers.wire import Pause, Wire

__all__ = ["show_routing", "show_sequence", "show_timeline"]


def show_sequence(
    wire: Iterable[SentLike],
    inbox: Iterable[ArrivalLike] = (),
    *,
    task: TaskLike | str | None = None,
    reads: bool = False,
) -> Display:
    """Draw requests, callbacks and replies in order: ``show_sequence(connection.wire, listener.inbox)``.

    Args:
        wire: requests and responses of the SDK; ``connection.wire`` also knows when the clock was moved.
        inbox: requests that the listener received, with its replies.
        task: a Task or its SID, to draw only what is about it.
        reads: True to draw successful GET requests, too.

    Requests that curl sends straight to TaskRouter are in neither wire nor inbox, so they aren't drawn.

    Raises:
        NotShowable: ``wire`` or ``inbox`` contain something else.
    """
    pauses: tuple[Pause, ...] = ()
    if isinstance(wire, Wire):
        wire.settle()
        pauses = wire.pauses
    exchanges, arrivals = check_each("exchange", wire), check_each("received request", inbox)
    return Display(sequence_view(exchanges, arrivals, pauses, task_sid=_sid_of(task), reads=reads))


def show_timeline(events: Iterable[EventLike], *, task: TaskLike | str | None = None) -> Display:
    """Draw the states of a Task: ``show_timeline(workspace.events.list(task_sid=task.sid))``.

    Args:
        events: Events in any order; those that aren't about a Task are ignored.
        task: a Task or its SID; required if the Events are about several Tasks.

    Raises:
        NotShowable: ``events`` contain something else.
    """
    return Display(states_view(check_each("Event", events), task_sid=_sid_of(task)))


def show_routing(
    workflow: WorkflowLike | Mapping[str, Any] | str,
    queues: Iterable[TaskQueueLike] | None = None,
    task: TaskLike | Mapping[str, Any] | str | None = None,
    *,
    at: datetime | None = None,
) -> Display:
    """Draw a Workflow as a tree: ``show_routing(workflow)``, ``show_routing(workflow, task=task)``.

    Args:
        workflow: a Workflow, or its configuration as a dict or as JSON text.
        queues: TaskQueues to show by name; others are shown by SID. By default they are listed through the Workflow,
            if it is one of the SDK.
        task: a Task, or attributes as a dict or as JSON text, whose way through the Workflow is marked.
        at: time for filters that read ``taskrouter.*``; by default the Task's creation.

    Raises:
        NotShowable: ``workflow`` isn't a Workflow, or ``queues`` aren't TaskQueues.
    """
    if hasattr(queues, "assignment_status") or isinstance(queues, Mapping | str):
        raise NotShowable("TaskQueues here", queues, "show_routing(workflow, task=task)", is_misplaced=True)
    if queues is None:
        queues = _list_queues(workflow)
    names = {str(queue.sid): str(queue.friendly_name) for queue in check_each("TaskQueue", queues)}
    if isinstance(workflow, Mapping):
        return Display(routing_view("Workflow", json.dumps(workflow, default=str), names, task, at))
    if isinstance(workflow, str):
        if is_sid(workflow, "WW"):
            raise NotShowable("a Workflow", workflow, "workspace.workflows(sid).fetch()")
        return Display(routing_view("Workflow", workflow, names, task, at))
    given = check_one("Workflow", workflow)
    title = f"Workflow “{one_line(given.friendly_name)}”"
    return Display(routing_view(title, str(given.configuration or ""), names, task, at))


def _list_queues(workflow: object) -> Iterable[TaskQueueLike]:
    """List the TaskQueues of the Workspace that a Workflow of the SDK belongs to; none for a configuration."""
    if not isinstance(workflow, WorkflowInstance):
        return ()
    return read_list(workspace_of(workflow).task_queues)


def _sid_of(task: TaskLike | str | None) -> str | None:
    return task if task is None or isinstance(task, str) else str(check_one("Task", task).sid)
