"""The explanation of a Task, by what it is now: waiting, reserved, over or gone."""

from __future__ import annotations

from ..reading.replica import read_replica
from ..reading.target import Given
from ..sentences.task_history import read_past
from .ending import Ending
from .facts import TaskFacts
from .past_task import gone_task, past_task
from .report import Report
from .reserved_task import reserved_task
from .waiting_task import waiting_task

__all__ = ["explain_task"]


def explain_task(given: Given) -> Report:
    """Explain a Task as it is now.

    Raises:
        TwilioException: a request was refused.
    """
    if given.instance is None:
        past = read_past(given.workspace, given.sid)
        return Report("gone", gone_task(given.sid, given.workspace_sid, past))
    replica = read_replica(given.workspace, task=given.instance)
    state = replica.sandbox().state
    facts = TaskFacts(replica, state, state.tasks[given.sid], given.spelling)
    end: Ending | None = None
    match facts.task.assignment_status:
        case "pending":
            blocks, end = waiting_task(facts)
        case "reserved":
            blocks = reserved_task(facts)
        case _:
            blocks, end = past_task(facts, read_past(given.workspace, given.sid))
    typed = f"explain({given.spelled})"
    return Report(facts.task.assignment_status, blocks, typed, end.fixes if end else ())
