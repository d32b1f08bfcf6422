"""Warning about a loop: a Worker lets an offer time out, stays available, and is offered the same Task again."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ...engine.model.statuses import WAITING
from ..safe_text import one_line, short_sid
from .workspace_snapshot import WorkspaceSnapshot

__all__ = ["repeated_offers", "timeout_activity"]

_SHOWN = 3


def timeout_activity(snapshot: WorkspaceSnapshot) -> Any | None:
    """Return the Activity of Workers who let an offer time out, or None if it wasn't read."""
    sid = getattr(snapshot.workspace, "timeout_activity_sid", None)
    return next((each for each in snapshot.activities if each.sid == sid), None)


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
