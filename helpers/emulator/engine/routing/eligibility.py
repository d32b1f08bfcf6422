"""May this Worker have this Task now, and if not, by which rule: all rules in the order they are asked."""

from __future__ import annotations

from enum import StrEnum

from ..model.capacity import NoRoom
from ..model.resources import Task, Worker
from ..state import WorkspaceState, waits_for_worker
from .matching import Misfit, why_misfit

__all__ = ["Rule", "first_rule_against"]


class Rule(StrEnum):
    """What can rule a Worker out (reference 3.4), in the order the rules are asked."""

    ROUTING_TARGET = "routing target"
    QUEUE = "queue"
    KNOWN_WORKER = Misfit.KNOWN_WORKER
    EXPRESSION = Misfit.EXPRESSION
    ACTIVITY = NoRoom.ACTIVITY
    BUSY = NoRoom.BUSY
    CHANNEL = NoRoom.CHANNEL
    CAPACITY = NoRoom.CAPACITY


def first_rule_against(state: WorkspaceState, worker: Worker, task: Task, now: int) -> Rule | None:
    """The first rule that keeps a waiting Task from a Worker; None if the Worker may have it.

    A Worker against whom there is no rule may still have to wait: others come first.
    """
    if waits_for_worker(task):
        if task.routing_target != worker.sid:
            return Rule.ROUTING_TARGET
        return None if task.ignore_capacity else _no_room(state, worker, task)
    if worker.sid not in state.members(task.task_queue_sid or ""):
        return Rule.QUEUE
    misfit = why_misfit(state, worker, state.target(task), task.attributes, now)
    return _no_room(state, worker, task) if misfit is None else Rule(misfit)


def _no_room(state: WorkspaceState, worker: Worker, task: Task) -> Rule | None:
    channel = state.channels_of(worker.sid).get(task.task_channel_sid)
    if channel is None:
        return Rule.CHANNEL
    reason = state.why_no_room(worker, channel)
    return None if reason is None else Rule(reason)
