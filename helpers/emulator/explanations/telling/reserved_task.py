"""Explanation of a reserved Task: its Workers, its Reservations' start and end, and what happens next."""

from __future__ import annotations

from ...display.blocks import Block, Fields, Preformatted, Sentence
from ...display.durations import utc_time
from ...engine.model.resources import Reservation
from ...engine.state import waits_for_worker
from ..search.repeated_offers import find_repeated_offers
from ..search.sdk_calls import update
from ..sentences.phrases import join, quote, task_name
from .facts import TaskFacts

__all__ = ["explain_reserved"]

_ONE = "if this Worker accepts, the Task is assigned"
_SEVERAL = "the Task is assigned to the first Worker who accepts, and the other Reservations are rescinded"


def explain_reserved(facts: TaskFacts) -> list[Block]:
    """Return all sections."""
    held = facts.state.reservations_of_task(facts.task.sid)
    pending = [each for each in held if each.reservation_status == "pending"]
    pairs = tuple((each.sid, f"{_worker(facts, each)}: {_status(facts, each)}") for each in held)
    return [
        Sentence(f"{task_name(facts.task.sid)} is reserved: {_describe_offers(facts, pending)}."),
        Sentence(f"What comes next: {_ONE if len(pending) < 2 else _SEVERAL}; {_otherwise(facts, len(pending))}."),
        *_say_who_left(facts, pending),
        *find_repeated_offers(facts.replica, pending, facts.spelling),
        Fields("Reservations of this Task", pairs, empty="none that could be read"),
        *_to_accept(facts, pending),
        *facts.routing(),
        *facts.clocks(),
        *facts.unread(),
    ]


def _otherwise(facts: TaskFacts, asked: int) -> str:
    """Return what happens to the Task if nobody accepts."""
    if waits_for_worker(facts.task):
        return (
            "if the Reservation is rejected or times out, the Task is canceled, because it's for this Worker only "
            "(routing_target)"
        )
    if facts.is_lost_unanswered():
        return "if the Reservation times out, the Task is canceled"
    return f"if {'the Reservation is rejected or times out' if asked < 2 else 'nobody accepts'}, it waits again"


def _describe_offers(facts: TaskFacts, pending: list[Reservation]) -> str:
    if not pending:
        return "its Reservation has just ended, or wasn't read yet. Explain it again"
    names = [_worker(facts, each) for each in pending]
    now, until = facts.replica.now, max(each.expires or 0 for each in pending)
    verb = "has" if len(names) == 1 else "have"
    since = utc_time(pending[0].date_created, now)
    return f"{join(names)} {verb} been asked since {since}, until {utc_time(until, now)}"


def _say_who_left(facts: TaskFacts, pending: list[Reservation]) -> list[Block]:
    """Return which Workers left with an offer open: a multitasking Worker keeps it (reference 3.3g)."""
    if not facts.state.workspace.multi_task_enabled or waits_for_worker(facts.task):
        return []
    workers, activities = facts.state.workers, facts.state.activities
    asked = [workers[each.worker_sid] for each in pending if each.worker_sid in workers]
    return [
        Sentence(
            f"{quote(worker.friendly_name)} is in Activity {quote(activity.friendly_name)} now, which isn't available. "
            "That keeps new offers away, and this one stays open."
        )
        for worker in asked
        if (activity := activities.get(worker.activity_sid)) and not activity.available
    ]


def _worker(facts: TaskFacts, reservation: Reservation) -> str:
    worker = facts.state.workers.get(reservation.worker_sid)
    return quote(worker.friendly_name) if worker else "a Worker who no longer exists"


def _status(facts: TaskFacts, reservation: Reservation) -> str:
    return f"{reservation.reservation_status} since {utc_time(reservation.date_updated, facts.replica.now)}"


def _to_accept(facts: TaskFacts, pending: list[Reservation]) -> list[Block]:
    if not pending:
        return []
    place = (("tasks", facts.task.sid), ("reservations", pending[0].sid))
    code = update(place, "", 0, reservation_status="accepted").code(facts.spelling)
    return [Preformatted(f"To accept for {_worker(facts, pending[0])}", code)]
