"""Explanation of a Task by its present state: waiting, reserved, past or gone."""

from __future__ import annotations

from typing import Any

from ...display.events.event_order import place_in_moment
from ...engine.model.event_types import KEPT_MINUTES
from ...sdk.sdk_reading import read_list
from ..reading.records import millis
from ..reading.target import Given
from ..reading.workspace_reader import read_replica
from ..sentences.task_history import TaskEvents
from .ending import Ending
from .facts import TaskFacts
from .past_task import explain_gone, explain_past
from .report import Report
from .reserved_task import explain_reserved
from .waiting_task import explain_waiting

__all__ = ["explain_task"]

_MOST_EVENTS = 200


def explain_task(given: Given) -> Report:
    """Explain a Task as it is now.

    Raises:
        TwilioException: a request was refused.
    """
    if given.instance is None:
        past = _read_past(given.workspace, given.sid)
        return Report("gone", explain_gone(given.sid, given.workspace_sid, past))
    replica = read_replica(given.workspace, task=given.instance)
    state = replica.sandbox().state
    facts = TaskFacts(replica, state, state.tasks[given.sid], given.spelling)
    end: Ending | None = None
    match facts.task.assignment_status:
        case "pending":
            blocks, end = explain_waiting(facts)
        case "reserved":
            blocks = explain_reserved(facts)
        case _:
            blocks, end = explain_past(facts, _read_past(given.workspace, given.sid))
    return Report(facts.task.assignment_status, blocks, given.typed(), *((end.fixes, end.barriers) if end else ()))


def _read_past(workspace: Any, task_sid: str) -> TaskEvents:
    """Read the events of a Task with one GET request."""
    events = read_list(workspace.events, task_sid=task_sid, minutes=KEPT_MINUTES, limit=_MOST_EVENTS)
    events.sort(key=lambda each: (each.event_date_ms or millis(each.event_date), place_in_moment(each.event_type)))
    return TaskEvents(events, more=len(events) == _MOST_EVENTS)
