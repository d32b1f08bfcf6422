"""Explanation of a Task by its present state: waiting, reserved, past or gone."""

from __future__ import annotations

from ..reading.replica import read_replica
from ..reading.target import Given
from ..sentences.task_history import read_past
from .ending import Ending
from .facts import TaskFacts
from .past_task import explain_gone, explain_past
from .report import Report
from .reserved_task import explain_reserved
from .waiting_task import explain_waiting

__all__ = ["explain_task"]


def explain_task(given: Given) -> Report:
    """Explain a Task as it is now.

    Raises:
        TwilioException: a request was refused.
    """
    if given.instance is None:
        past = read_past(given.workspace, given.sid)
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
            blocks, end = explain_past(facts, read_past(given.workspace, given.sid))
    return Report(facts.task.assignment_status, blocks, given.typed(), *((end.fixes, end.barriers) if end else ()))
