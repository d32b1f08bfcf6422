"""Explanation of a Task that is accepted, has ended or is gone, and the change that would help the next one."""

from __future__ import annotations

from typing import Any

from ...display.blocks import Block, Sentence
from ...display.durations import span
from ...engine.model import defaults
from ...engine.model.statuses import ACCEPTED_RESERVATIONS
from ...engine.timers import REMOVAL_MS
from ..search.possible_changes import NextTask
from ..sentences.phrases import quote, safe, task_name
from ..sentences.task_history import TaskEvents, could_have_been_reserved, explain_end
from .ending import Ending, answer
from .facts import TaskFacts

__all__ = ["explain_gone", "explain_past"]

_MEANINGS = {
    "assigned": ": {worker} has accepted it and is working on it",
    "wrapping": ": {worker} is wrapping up, and the Task uses capacity until it's completed",
    "completed": ": it has ended, and its Worker has capacity again",
    "canceled": ": it has ended, and no Worker will be reserved for it",
}


def explain_past(facts: TaskFacts, past: TaskEvents) -> tuple[list[Block], Ending | None]:
    """Return all sections, and the ending for the next such Task if this one was canceled without a Worker."""
    status, reason = facts.task.assignment_status, facts.task.reason
    told = f" Reason: {safe(reason)}." if reason else ""
    meaning = _MEANINGS.get(status, "").format(worker=_holder(facts))
    head: list[Block] = [Sentence(f"{task_name(facts.task.sid)} is {status}{meaning}.{told}")]
    head += explain_end(reason, past)
    if status != "canceled" or not could_have_been_reserved(reason):
        return [*head, *past.steps(), *facts.clocks(), *facts.unread()], None
    channel = facts.state.task_channels.get(facts.task.task_channel_sid)
    end = answer(facts, NextTask(facts.task, defaults.TASK_CHANNEL if channel is None else channel.unique_name))
    anew = facts.anew()
    body = [*past.steps(), *facts.doubts(), *anew.routing(), *facts.clocks(), *facts.unread()]
    return [*head, *end.short, *body, *end.blocks], end


def _holder(facts: TaskFacts) -> str:
    """Return the name of the Worker that has accepted the Task."""
    held = facts.state.reservations_of_task(facts.task.sid)
    accepted = (each for each in held if each.reservation_status in ACCEPTED_RESERVATIONS)
    workers = [facts.state.workers.get(each.worker_sid) for each in accepted]
    return next((quote(each.friendly_name) for each in workers if each is not None), "a Worker")


def explain_gone(sid: str, workspace_sid: str, past: TaskEvents) -> list[Block]:
    """Return what the events say about a Task that can't be fetched any more."""
    name = task_name(sid)
    if not past:
        text = (
            f"{name} isn't in Workspace {workspace_sid[:6]}…, and no event there mentions it. It may belong to a "
            "different Workspace, or have ended more than 30 days ago: TaskRouter keeps events for 30 days."
        )
        return [Sentence(text)]
    reason = past.last("task_canceled_reason") or past.last("reason")
    ended: dict[str, Any] = {"task.deleted": "was deleted", "task.system-deleted": "was removed by TaskRouter"}
    how = next((words for event, words in ended.items() if past.happened(event)), None)
    how = how or f"no longer exists: TaskRouter removes a Task {span(REMOVAL_MS / 1000)} after it ends"
    return [Sentence(f"{name} {how}. Only its events can still be read."), *explain_end(reason, past), *past.steps()]
