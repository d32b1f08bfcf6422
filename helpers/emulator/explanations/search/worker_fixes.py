"""Tasks that wait, seen from one Worker, and the smallest changes that bring the Worker one of them."""

from __future__ import annotations

from collections.abc import Iterable

from ...clock import Millis
from ...engine.model.resources import Task, Worker
from ...engine.state import WorkspaceState
from ..reading.eligibility import Rule, first_rule_against
from ..reading.replica import Replica
from .possible_changes import WaitingTask
from .search import Fix, smallest_fixes

__all__ = ["fixes_for_worker", "waiting_tasks"]

_TRIED_TASKS = 4
"""Number of Tasks for which a change is searched, the nearest first."""

_RULES = [None, *reversed(Rule)]


def waiting_tasks(state: WorkspaceState, worker: Worker, now: Millis) -> list[tuple[Task, Rule | None]]:
    """Return the waiting Tasks with the first rule against the Worker, by nearness, then priority, then age."""
    pending = [each for each in state.tasks.values() if each.assignment_status == "pending"]
    ruled = [(task, first_rule_against(state, worker, task, now)) for task in pending]
    return sorted(ruled, key=lambda pair: (_RULES.index(pair[1]), -pair[0].priority, pair[0].virtual_start_time))


def fixes_for_worker(replica: Replica, worker: Worker, waiting: Iterable[tuple[Task, Rule | None]]) -> list[Fix]:
    """Return the fixes for the nearest Task that has any, the smallest first."""
    nearest = [task for task, rule in waiting if rule is not Rule.ROUTING_TARGET][:_TRIED_TASKS]
    found = (smallest_fixes(replica, WaitingTask(task.sid), only=worker.sid) for task in nearest)
    return next(filter(None, found), [])
