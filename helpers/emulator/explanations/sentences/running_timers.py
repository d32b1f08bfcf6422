"""Timers of a Task, each with what happens when it expires."""

from __future__ import annotations

from typing import NamedTuple

from ...clock import Millis
from ...display.blocks import Fields
from ...display.durations import span, utc_time
from ...engine.model.resources import Task
from ...engine.model.statuses import WAITING
from ...engine.state import WorkspaceState
from ...engine.timers import REMOVAL_MS
from .next_move import next_move
from .phrases import quote

__all__ = ["RunningTimer", "list_timers", "running_timers"]

_TARGET = "target timeout"


class RunningTimer(NamedTuple):
    """Timer: when it is due, its name, what happens then, and the SID of the Reservation or Task that it belongs to."""

    due: Millis
    name: str
    words: str
    sid: str


def list_timers(state: WorkspaceState, task: Task, now: Millis, *, is_lost: bool) -> Fields:
    """Return the timers with end and consequence, the next first; ``is_lost``: canceled if nobody answers.

    The first line says of a Task whose target has no timeout why it stays there, unless that is plain.
    """
    running, move = running_timers(state, task, is_lost=is_lost), next_move(state, task)
    stays = [(_TARGET, move.words)] if move is not None and move.due is None else []
    return Fields("Timers", (*stays, *((each.name, _due(each.due, now, each.words)) for each in running)))


def running_timers(state: WorkspaceState, task: Task, *, is_lost: bool) -> list[RunningTimer]:
    """Return a Task's timers, the next first; ``is_lost``: it is canceled if nobody answers its Reservations."""
    running: list[RunningTimer] = []
    pending = [each for each in state.reservations_of_task(task.sid) if each.reservation_status == "pending"]
    for each in pending:
        worker = state.workers.get(each.worker_sid)
        if each.expires is not None and worker is not None:
            words = _say_unanswered(state, quote(worker.friendly_name), alone=len(pending) == 1, is_lost=is_lost)
            running.append(RunningTimer(each.expires, "Reservation", words, each.sid))
    if task.assignment_status in WAITING:
        move = next_move(state, task)
        if move is not None and move.due is not None:
            running.append(RunningTimer(move.due, _TARGET, move.words, task.sid))
        expires = task.date_created + task.timeout * 1000
        words = 'if nobody has accepted it, the Task is canceled ("Task TTL Exceeded")'
        running.append(RunningTimer(expires, "Task timeout", words, task.sid))
    if task.ended_at is not None:
        words = "the Task can't be fetched any more (404)"
        running.append(RunningTimer(task.ended_at + REMOVAL_MS, "removal", words, task.sid))
    return sorted(running)


def _due(due: Millis, now: Millis, what: str) -> str:
    if due <= now:
        return f"passed at {utc_time(due, now)}: {what}"
    return f"in {span((due - now) / 1000)}, at {utc_time(due, now)}: {what}"


def _say_unanswered(state: WorkspaceState, worker: str, *, alone: bool, is_lost: bool) -> str:
    activity = state.activities.get(state.workspace.timeout_activity_sid or "")
    end = "is canceled" if is_lost else "waits again"
    head = f"if {worker} hasn't answered{'' if alone else ' and nobody else has accepted'}, the Task {end}"
    if activity is None:
        return head
    again = ", which is available, so TaskRouter can offer the Task to the same Worker again"
    stays = again if activity.available and not is_lost else ""
    return f"{head}, and {worker} gets the timeout Activity {quote(activity.friendly_name)}{stays}"
