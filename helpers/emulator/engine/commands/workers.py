"""Commands on Workers."""

from __future__ import annotations

from typing import Any

from ..event_data import escape_slashes, worker_data
from ..model import defaults
from ..model.attributes import compact
from ..model.refusals import Invalid
from ..model.resources import Worker
from ..routing.transitions import cancel_reservation, reject
from ..routing.worker_activity import set_activity
from ..transaction import Transaction
from .task_channels import give_channels

__all__ = ["create", "delete", "update"]

_MAX_WORKERS = 15_000


def create(
    transaction: Transaction,
    *,
    friendly_name: str,
    activity_sid: str | None = None,
    attributes: str = defaults.ATTRIBUTES,
) -> Worker:
    """Add a Worker, in the workspace's default Activity unless another is named.

    Raises:
        Invalid: the name is taken (ignoring case), the Activity is unknown, the attributes are no JSON object, or there
            are 15000 Workers already.
    """
    state = transaction.state
    _refuse_duplicate(transaction, friendly_name, None)
    activity_sid = activity_sid or state.workspace.default_activity_sid
    if activity_sid is None:
        raise Invalid("ActivitySid field is required", "This Workspace has no Activity yet. Create one first.")
    activity = transaction.resolve(state.activities, activity_sid, "ActivitySid")
    attributes = compact(attributes)
    if len(state.workers) >= _MAX_WORKERS:
        raise Invalid(f"Workspace {state.workspace.sid} has {_MAX_WORKERS} workers, the most there may be")
    worker = transaction.new(
        Worker,
        friendly_name=friendly_name,
        activity_sid=activity.sid,
        attributes=attributes,
        date_status_changed=transaction.now,
        idle_since=transaction.now,
    )
    transaction.save(worker)
    give_channels(transaction, worker)
    transaction.emit("worker.created", f"Worker {friendly_name} created", worker, worker_data(state, worker))
    transaction.mark_freed(worker)
    return worker


def update(transaction: Transaction, sid: str, changes: dict[str, Any], *, if_match: str | None = None) -> Worker:
    """Change name, attributes or Activity, and reject pending Reservations if asked to.

    Raises:
        Invalid: as for :func:`create`; or Reservations are rejected without a move to an unavailable Activity.
    """
    worker = transaction.find(transaction.state.workers, sid)
    transaction.expect_version(worker.version, if_match)
    changes = dict(changes)
    rejects = changes.pop("reject_pending_reservations", False)
    _check(transaction, worker, changes, rejects)
    if "attributes" in changes:
        changes["attributes"] = compact(changes["attributes"])
    activity_sid = changes.pop("activity_sid", worker.activity_sid)
    pending = [each for each in transaction.state.reservations_of_worker(sid) if each.reservation_status == "pending"]
    _set(transaction, worker, changes)
    if activity_sid != worker.activity_sid:
        worker.previous_activity_sid = None  # a Worker moved by request isn't moved back when a Reservation ends
        set_activity(transaction, worker, activity_sid)
    for reservation in pending if rejects else []:
        reject(transaction, reservation, activity_sid)
    return worker


def delete(transaction: Transaction, sid: str, *, if_match: str | None = None) -> None:
    """Remove a Worker and cancel the pending Reservations; accepted Tasks stay (reference 14.19: our choice)."""
    worker = transaction.find(transaction.state.workers, sid)
    transaction.expect_version(worker.version, if_match)
    data = worker_data(transaction.state, worker)
    reservations = transaction.state.reservations_of_worker(sid)
    for channel in list(transaction.state.channels_of(sid).values()):
        transaction.delete(channel)
    for reservation in reservations:
        if reservation.reservation_status == "pending":
            cancel_reservation(transaction, reservation)
    transaction.delete(worker)
    for task_sid in transaction.state.direct.get(sid, {}):
        transaction.arrivals[task_sid] = False  # routing finds no Worker for it, and cancels it
    transaction.emit("worker.deleted", f"Worker {worker.friendly_name} deleted", worker, data)


def _set(transaction: Transaction, worker: Worker, changes: dict[str, Any]) -> None:
    """Change name and attributes; equal values leave the version alone (reference 1.7)."""
    changed = {name: value for name, value in changes.items() if getattr(worker, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(worker, name, value)
    worker.version += 1
    transaction.save(worker)
    transaction.mark_freed(worker)
    if "attributes" in changed:
        transaction.emit(
            "worker.attributes.update",
            f"Worker {worker.friendly_name} updated attributes to {escape_slashes(worker.attributes)}",
            worker,
            worker_data(transaction.state, worker),
        )


def _check(transaction: Transaction, worker: Worker, changes: dict[str, Any], rejects: bool) -> None:
    if "friendly_name" in changes:
        _refuse_duplicate(transaction, changes["friendly_name"], worker.sid)
    if "attributes" in changes:
        compact(changes["attributes"])
    activity = transaction.resolve(
        transaction.state.activities, changes.get("activity_sid", worker.activity_sid), "ActivitySid"
    )
    if rejects and (activity.available or "activity_sid" not in changes):
        raise Invalid("Unable to reject pending reservations when updating to an Available activity state.")


def _refuse_duplicate(transaction: Transaction, friendly_name: str, sid: str | None) -> None:
    taken = transaction.state.worker_named(friendly_name)
    if taken is not None and taken.sid != sid:
        raise Invalid("Worker with the same friendly name already exists")
