"""The explanation of a Task, by what it is now: waiting, reserved, over or gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..reading.replica import read_replica
from ..reading.target import Given
from ..sentences.task_history import read_past
from .ending import Ending
from .explanation import Explanation
from .facts import TaskFacts
from .past_task import gone_task, past_task
from .reserved_task import reserved_task
from .waiting_task import waiting_task

__all__ = ["explain_task"]


def explain_task(given: Given, explain: Callable[[Any], Explanation]) -> Explanation:
    """Explain a Task as it is now; ``explain`` is asked again after a change was applied.

    Raises:
        TwilioException: a request was refused.
    """
    if given.instance is None:
        past = read_past(given.workspace, given.sid)
        return Explanation("gone", gone_task(given.sid, given.workspace_sid, past))
    replica = read_replica(given.workspace, task=given.instance)
    state = replica.sandbox().state
    facts = TaskFacts(replica, state, state.tasks[given.sid])
    end: Ending | None = None
    match facts.task.assignment_status:
        case "pending":
            blocks, end = waiting_task(facts)
        case "reserved":
            blocks = reserved_task(facts)
        case _:
            blocks, end = past_task(facts, read_past(given.workspace, given.sid))

    return Explanation(
        facts.task.assignment_status,
        blocks,
        typed=f"explain({given.spelled})",
        fixes=end.fixes if end else (),
        workspace=given.workspace,
        workspace_sid=given.workspace_sid,
        again=lambda made: explain(made or given.as_given),
    )
