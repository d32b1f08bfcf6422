"""Next move of a waiting Task through its Workflow: when it leaves its target and for where, or why it stays."""

from __future__ import annotations

from typing import NamedTuple

from ...clock import Millis
from ...engine.model.resources import Task
from ...engine.model.statuses import WAITING
from ...engine.model.workflow_configuration import Filter, Target
from ...engine.routing.matching import known_worker
from ...engine.state import WorkspaceState
from .ineligibility import is_parking
from .phrases import quote

__all__ = ["NextMove", "next_move"]

_AFTER_THE_LAST = (
    "this was the last target. The Task goes to a later filter that matches. If none does, it's canceled "
    '("Task canceled on Workflow timeout"). The default filter isn\'t used then'
)


class NextMove(NamedTuple):
    """Next move: when it is due, or None for a Task that stays; its words, and the place in short for a row.

    ``place`` is "target 1 of 2, moves on", "target 2 of 2, ends" or "target 2 of 2, no timeout". ``waits_for_offer``
    says that it ends with "after the offer", because a Reservation that is pending then holds the Task.
    """

    due: Millis | None
    words: str
    place: str
    waits_for_offer: bool = False


def next_move(state: WorkspaceState, task: Task) -> NextMove | None:
    """Return the next move of a Task; None if it isn't in a target, or if its only target has nothing to say."""
    plan = state.plan(task)
    if plan is None or task.filter_index is None or task.target_index is None or task.assignment_status not in WAITING:
        return None
    chosen, index = plan.filters[task.filter_index], task.target_index
    where = f"target {index + 1} of {len(chosen.targets)}"
    if task.step_ends is None:
        words = _stay(state, task, chosen, index, where)
        return None if words is None else NextMove(None, words, f"{where}, no timeout")
    offers = [each for each in state.reservations_of_task(task.sid) if each.reservation_status == "pending"]
    stays = "; it stays while a Reservation is pending" if offers else ""
    waits = any(each.expires is not None and each.expires >= task.step_ends for each in offers)
    is_last = index + 1 == len(chosen.targets)
    words = _AFTER_THE_LAST if is_last else _move_on(state, chosen.targets[index + 1], index + 2)
    place = f"{where}, {'ends' if is_last else 'moves on'}{' after the offer' if waits else ''}"
    return NextMove(task.step_ends, words + stays, place, waits)


def _move_on(state: WorkspaceState, following: Target, number: int) -> str:
    queue = state.task_queues.get(following.queue_sid)
    where = quote(queue.friendly_name) if queue else "its queue"
    skipped = "" if following.skip_if is None else ", unless that one is skipped at once (skip_if)"
    return f"the Task moves to target {number}, TaskQueue {where}{skipped}"


def _stay(state: WorkspaceState, task: Task, chosen: Filter, index: int, where: str) -> str | None:
    """Return why a Task stays in a target without a timeout; None for a target that is the only one and ordinary."""
    target, is_last = chosen.targets[index], index + 1 == len(chosen.targets)
    head = f"none, because {where} has no timeout"
    never = "" if is_last else f", and never moves on to target {index + 2}"
    if target.known_worker is not None:
        known = known_worker(state, target, task.attributes)
        who = "a Worker who doesn't exist" if known is None else f"{quote(known.friendly_name)} alone"
        return f"{head}. The Task waits for {who}{never}"
    if is_parking(target):
        return f"{head}, and its expression matches nobody. The Task is parked here{never}"
    if not is_last:
        return f"{head}. The Task waits here{never}"
    return None if index == 0 else f"{head}, and is the last one. The Task waits here until a Worker accepts it"
