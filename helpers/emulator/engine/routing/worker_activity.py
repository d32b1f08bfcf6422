"""Changes of a Worker's Activity and idle time."""

from __future__ import annotations

from ..event_data import text, worker_data
from ..model.resources import Reservation, Worker
from ..transaction import Transaction

__all__ = ["post_work_activity", "rest_from", "set_activity", "take_activity"]


def set_activity(transaction: Transaction, worker: Worker, activity_sid: str) -> None:
    """Move a Worker to another Activity; nothing happens if they are in it already."""
    if worker.activity_sid == activity_sid:
        return
    state = transaction.state
    previous = state.activities[worker.activity_sid]
    in_previous_ms = transaction.now - worker.date_status_changed
    worker.activity_sid = activity_sid
    worker.date_status_changed = transaction.now
    worker.version += 1
    activity = state.activities[activity_sid]
    if activity.available and not previous.available:
        rest_from(transaction, worker)
    transaction.save(worker)
    transaction.emit(
        "worker.activity.update",
        f"Worker {worker.friendly_name} updated to {activity.friendly_name} Activity",
        worker,
        worker_data(state, worker)
        | {
            "worker_previous_activity_sid": previous.sid,
            "worker_previous_activity_name": previous.friendly_name,
            "worker_time_in_previous_activity": text(in_previous_ms // 1000),
            "worker_time_in_previous_activity_ms": text(in_previous_ms),
        },
    )
    if activity.available:
        transaction.mark_freed(worker)


def take_activity(transaction: Transaction, worker: Worker, activity_sid: str | None) -> None:
    """Move a Worker to the Activity of a queue or call, if it has one; single-tasking only (reference 3.3)."""
    if not transaction.state.workspace.multi_task_enabled and activity_sid is not None:
        set_activity(transaction, worker, activity_sid)


def post_work_activity(transaction: Transaction, reservation: Reservation) -> str | None:
    """Return the Activity that a voice instruction names for after the call, which lasts as long as the Task."""
    sid: str | None = (reservation.call or {}).get("post_work_activity_sid")
    return sid if sid in transaction.state.activities else None


def rest_from(transaction: Transaction, worker: Worker, task_channel_sid: str | None = None) -> None:
    """Start a Worker's idle time now: on one TaskChannel, or on all."""
    worker.idle_since = transaction.now
    for channel in transaction.state.channels_of(worker.sid).values():
        if task_channel_sid in (None, channel.task_channel_sid):
            channel.idle_since = transaction.now
            transaction.save(channel, quietly=True)
