"""Commands on Activities."""

from __future__ import annotations

from typing import Any

from ..event_data import activity_data
from ..model import defaults
from ..model.refusals import Invalid
from ..model.resources import Activity
from ..transaction import Transaction

__all__ = ["create", "delete", "update"]

_MAX_ACTIVITIES = 100


def create(transaction: Transaction, *, friendly_name: str, available: bool = defaults.ACTIVITY_AVAILABLE) -> Activity:
    """Add an Activity; the first one becomes the Workspace's default and timeout Activity.

    Raises:
        Invalid: the name is taken, or there are 100 already.
    """
    _refuse_duplicate(transaction, friendly_name, None)
    if len(transaction.state.activities) >= _MAX_ACTIVITIES:
        raise Invalid(
            f"Workspace {transaction.state.workspace.sid} has {_MAX_ACTIVITIES} activities, the most there may be"
        )
    activity = transaction.new(Activity, friendly_name=friendly_name, available=available)
    transaction.save(activity)
    workspace = transaction.state.workspace
    if workspace.default_activity_sid is None:
        workspace.default_activity_sid = workspace.timeout_activity_sid = activity.sid
        transaction.save(workspace)
    transaction.emit("activity.created", f"Activity {friendly_name} created", activity, activity_data(activity))
    return activity


def update(transaction: Transaction, sid: str, changes: dict[str, Any]) -> Activity:
    """Rename an Activity; raise Invalid if the name is taken. ``available`` is ignored (reference 1.8)."""
    activity = transaction.find(transaction.state.activities, sid)
    name = changes.get("friendly_name", activity.friendly_name)
    _refuse_duplicate(transaction, name, sid)
    renamed, activity.friendly_name = activity.friendly_name != name, name
    transaction.save(activity)
    if renamed:
        _free_workers_in(transaction, activity)
    transaction.emit("activity.updated", f"Activity {name} updated", activity, activity_data(activity))
    return activity


def delete(transaction: Transaction, sid: str) -> None:
    """Remove an Activity that nothing uses.

    Raises:
        Invalid: the Workspace or a TaskQueue uses it, or a Worker is in it or returns to it.
    """
    activity = transaction.find(transaction.state.activities, sid)
    user = _user_of(transaction, sid)
    if user is not None:
        raise Invalid(f"Cannot delete activity {sid} in workspace {transaction.state.workspace.sid}: {user}")
    transaction.delete(activity)
    transaction.emit(
        "activity.deleted", f"Activity {activity.friendly_name} deleted", activity, activity_data(activity)
    )


def _free_workers_in(transaction: Transaction, activity: Activity) -> None:
    """Mark the Activity's Workers as freed: a step that reads ``worker.activity_name`` might match them now."""
    for worker in transaction.state.workers.values():
        if worker.activity_sid == activity.sid:
            transaction.mark_freed(worker)


def _user_of(transaction: Transaction, sid: str) -> str | None:
    state = transaction.state
    if sid == state.workspace.default_activity_sid:
        return "it is the workspace's DefaultActivity"
    if sid == state.workspace.timeout_activity_sid:
        return "it is the workspace's TimeoutActivity"
    if count := state.activity_counts().get(sid):
        return "1 Worker is in it" if count == 1 else f"{count} Workers are in it"
    if any(worker.previous_activity_sid == sid for worker in state.workers.values()):
        return "a Worker returns to it when their Reservation ends"
    for queue in state.task_queues.values():
        if sid in (queue.reservation_activity_sid, queue.assignment_activity_sid):
            return f"TaskQueue {queue.sid} uses it"
    return None


def _refuse_duplicate(transaction: Transaction, friendly_name: str, sid: str | None) -> None:
    for activity in transaction.state.activities.values():
        if activity.friendly_name == friendly_name and activity.sid != sid:
            raise Invalid(
                f"Activity named {friendly_name} already exists in workspace {transaction.state.workspace.sid}"
            )
