"""Repeated offers: a Worker stays available after a Reservation timeout, and is reserved for the same Task again."""

from __future__ import annotations

from collections.abc import Iterable

from ...display.blocks import Block, Preformatted, Sentence
from ...display.durations import span
from ...engine.commands import workspaces
from ...engine.model.resources import Activity, Reservation
from ...engine.state import WorkspaceState
from ..reading.replica import Replica
from ..reading.sandbox import Sandbox
from ..sentences.phrases import quote, task_name
from ..spelling import Spelling
from .sdk_calls import update

__all__ = ["find_repeated_offers"]

_CURE = "Set Workers who don't answer to {name} instead, so that the Task waits for a different Worker"


def find_repeated_offers(replica: Replica, pending: Iterable[Reservation], spelling: Spelling) -> list[Block]:
    """Return which of these Reservations would be repeated, as tried on a copy, and the change that ends this."""
    state = replica.sandbox().state
    activity = state.activities.get(state.workspace.timeout_activity_sid or "")
    if activity is None or not activity.available:
        return []
    found = [each for each in pending if _is_repeated(replica.sandbox(), each)]
    if not found:
        return []
    return [*(Sentence(_words(state, each, activity)) for each in found), *_cure(replica, found[0], spelling)]


def _is_repeated(sandbox: Sandbox, reservation: Reservation) -> bool:
    """Return True if the same Worker is reserved for the Task again after a timeout, as tried in ``sandbox``."""

    def again() -> Reservation | None:
        others = (each for each in sandbox.pending(reservation.task_sid) if each.sid != reservation.sid)
        return next((each for each in others if each.worker_sid == reservation.worker_sid), None)

    return (
        reservation.expires is not None and sandbox.wait_for(again, max(reservation.expires, sandbox.now)) is not None
    )


def _words(state: WorkspaceState, reservation: Reservation, activity: Activity) -> str:
    worker = quote(state.workers[reservation.worker_sid].friendly_name)
    every = [
        each for each in state.reservations_of_task(reservation.task_sid) if each.worker_sid == reservation.worker_sid
    ]
    so_far = sum(each.reservation_status == "timeout" for each in every)
    times = f" {worker} has let {so_far} of them time out so far." if so_far else ""
    return (
        f"If nobody answers, TaskRouter offers {task_name(reservation.task_sid)} to {worker} again, every "
        f"{span(reservation.timeout)}: the timeout Activity {quote(activity.friendly_name)} is available, so {worker} "
        f"stays eligible.{times}"
    )


def _cure(replica: Replica, reservation: Reservation, spelling: Spelling) -> list[Block]:
    """Return another timeout Activity, if it ends the repetition in a copy."""
    state = replica.sandbox().state
    away = [each for each in state.activities.values() if not each.available]
    activity = min(away, key=lambda each: (each.sid != state.workspace.default_activity_sid, each.number), default=None)
    if activity is None:
        return []
    sandbox = replica.sandbox()
    sandbox.run(workspaces.update, {"timeout_activity_sid": activity.sid})
    if _is_repeated(sandbox, reservation):
        return []
    code = update((), "", 0, timeout_activity_sid=activity.sid).code(spelling)
    return [Preformatted(_CURE.format(name=quote(activity.friendly_name)), code)]
