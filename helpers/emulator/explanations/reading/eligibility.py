"""Rules that decide if a Worker can be offered a Task now, in the order in which they are checked."""

from __future__ import annotations

from enum import StrEnum

from ...engine.model.capacity import CapacityRule
from ...engine.model.resources import Task, Worker
from ...engine.routing.matching import StepMismatch, why_mismatch
from ...engine.state import WorkspaceState, waits_for_worker

__all__ = ["Rule", "first_rule_against"]


class Rule(StrEnum):
    """Reasons why a Worker isn't eligible (reference 3.4), in the order in which they are checked."""

    ROUTING_TARGET = "routing target"
    QUEUE = "queue"
    KNOWN_WORKER = StepMismatch.KNOWN_WORKER
    EXPRESSION = StepMismatch.EXPRESSION
    ACTIVITY = CapacityRule.ACTIVITY
    BUSY = CapacityRule.BUSY
    CHANNEL = CapacityRule.CHANNEL
    CAPACITY = CapacityRule.CAPACITY


def first_rule_against(state: WorkspaceState, worker: Worker, task: Task, now: int) -> Rule | None:
    """Return the first rule that keeps a waiting Task from a Worker, or None.

    An eligible Worker can still be passed over: other Workers, or other Tasks, come first.
    """
    if waits_for_worker(task):
        if task.routing_target != worker.sid:
            return Rule.ROUTING_TARGET
        return None if task.ignore_capacity else _no_room(state, worker, task)
    if worker.sid not in state.members(task.task_queue_sid or ""):
        return Rule.QUEUE
    mismatch = why_mismatch(state, worker, state.target(task), task.attributes, now)
    return _no_room(state, worker, task) if mismatch is None else Rule(mismatch)


def _no_room(state: WorkspaceState, worker: Worker, task: Task) -> Rule | None:
    channel = state.channels_of(worker.sid).get(task.task_channel_sid)
    if channel is None:
        return Rule.CHANNEL
    reason = state.why_no_room(worker, channel)
    return None if reason is None else Rule(reason)
