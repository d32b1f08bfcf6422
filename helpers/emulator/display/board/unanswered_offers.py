"""Sentences on offers that nobody answered: a Worker was moved away, or is offered the same Task again and again."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ...engine.model.statuses import WAITING
from ..durations import clock_time
from ..safe_text import one_line, short_sid
from .workspace_snapshot import WorkspaceSnapshot

__all__ = ["moved_workers", "repeated_offers", "timeout_activity"]

_SHOWN = 3


def timeout_activity(snapshot: WorkspaceSnapshot) -> Any | None:
    """Return the Activity of Workers who let an offer time out, or None if it wasn't read."""
    sid = getattr(snapshot.workspace, "timeout_activity_sid", None)
    return next((each for each in snapshot.activities if each.sid == sid), None)


def moved_workers(snapshot: WorkspaceSnapshot) -> list[str]:
    """Return a sentence for each Worker who is where an unanswered offer moved them, at most three."""
    activity = timeout_activity(snapshot)
    if activity is None or activity.available:
        return []
    moves = {
        (each.worker_sid, each.date_updated): each
        for offered in snapshot.reservations.values()
        for each in offered
        if each.reservation_status == "timeout"
    }
    found = [
        (worker, moves[worker.sid, worker.date_status_changed])
        for worker in snapshot.workers.values()
        if worker.activity_sid == activity.sid and (worker.sid, worker.date_status_changed) in moves
    ]
    return [_move(worker, offer) for worker, offer in found[:_SHOWN]]


def _move(worker: Any, offer: Any) -> str:
    return (
        f"TaskRouter set {one_line(worker.friendly_name)} to {one_line(worker.activity_name)} at "
        f"{clock_time(worker.date_status_changed)}: nobody answered Reservation {short_sid(offer.sid)} in time."
    )


def repeated_offers(snapshot: WorkspaceSnapshot) -> list[str]:
    """Return a sentence for each open Task whose offers the same Worker let time out repeatedly, at most three."""
    activity = timeout_activity(snapshot)
    if activity is None or not activity.available:
        return []
    told = []
    for sid, offered in snapshot.reservations.items():
        task = snapshot.tasks.get(sid)
        if task is None or task.assignment_status not in WAITING:
            continue
        unanswered = Counter(each.worker_name for each in offered if each.reservation_status == "timeout")
        told += [_words(name, times, sid, activity) for name, times in unanswered.items() if times > 1]
    return told[:_SHOWN]


def _words(worker: str, times: int, task_sid: str, activity: Any) -> str:
    return (
        f"{one_line(worker)} let {times} offers of Task {short_sid(task_sid)} time out. The timeout Activity "
        f"{one_line(activity.friendly_name)} is available, so TaskRouter can offer {one_line(worker)} the Task again."
    )
