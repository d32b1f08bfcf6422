"""Lifecycle of a Task: the stage it has reached of the five, and the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...engine.model.statuses import ACCEPTED_RESERVATIONS, ENDED, OPEN_RESERVATIONS
from ..blocks import Sentence, StageState, Steps, View
from ..safe_text import one_line, short_sid
from .sdk_shapes import ReservationLike, TaskLike

__all__ = ["STAGES", "lifecycle_view", "reached_stage", "stage_states"]

STAGES = (
    "Task Created",
    "eligible Worker becomes available",
    "Worker reserved",
    "Reservation accepted",
    "Task assigned to Worker",
)

NOT_CREATED = "not created"
_REACHED = {"pending": 1, "reserved": 3, "assigned": 5, "wrapping": 5, "completed": 5}
# Statuses of Reservations: a Task read at the same time has at least one of these.
_EXPECTED = {"reserved": {"pending"}, "assigned": {"accepted"}, "wrapping": set(ACCEPTED_RESERVATIONS)}
_SHOWN_RESERVATIONS = 5

_RESERVATION_SENTENCES = {
    "pending": "{worker} is reserved: Reservation {sid} is pending.",
    "accepted": "{worker} accepted the Task: Reservation {sid} is accepted.",
    "rejected": "{worker} rejected the Task: Reservation {sid} is rejected.",
    "timeout": "Reservation {sid} timed out: {worker} did not answer in time.",
    "canceled": "Reservation {sid} of {worker} was canceled.",
    "rescinded": "Reservation {sid} of {worker} was rescinded: another Worker accepted first.",
    "wrapping": "{worker} is wrapping up: Reservation {sid} is wrapping.",
    "completed": "{worker} is done: Reservation {sid} is completed.",
}


def lifecycle_view(
    task: TaskLike | None, reservations: Iterable[ReservationLike] = (), doubts: Sequence[str] = ()
) -> View:
    """Show which stage ``task`` has reached, and ``doubts``; ``None`` is a Task that isn't created yet.

    Reservations of other Tasks are ignored. If Task and Reservations contradict each other, one of them was
    read before the other changed: a sentence says so, and the Task's own status is drawn, except that an accepted
    Reservation of a Task that is still ``reserved`` counts as "Reservation accepted".
    """
    status = NOT_CREATED if task is None else one_line(task.assignment_status)
    own = [] if task is None else [each for each in reservations if each.task_sid in (None, task.sid)]
    statuses = [one_line(each.reservation_status) for each in own]
    states = stage_states(status, reached_stage(status, statuses))
    sentences = [_task_sentence(task, status), *_reservation_sentences(own), *_doubts(status, statuses)]
    sentences += [_next_sentence(status, states), *doubts]
    steps = Steps(tuple(zip(STAGES, states, strict=True)))
    return View(
        kind="lifecycle",
        name=f"Lifecycle({status})",
        blocks=(steps, *(Sentence(text) for text in sentences)),
        state={"status": status, "stages": [list(step) for step in steps.stages], "sentences": sentences},
    )


def reached_stage(status: str, reservation_statuses: Sequence[str]) -> int:
    """Return how many of the five stages a Task has reached, 0 to 5.

    A canceled Task had a Worker reserved if it ever had a Reservation. It was never assigned, because an assigned
    Task can only be completed.
    """
    if status == "canceled":
        return 3 if reservation_statuses else 1
    if status == "reserved" and "accepted" in reservation_statuses:
        return 4
    return _REACHED.get(status, 0 if status == NOT_CREATED else 1)


def stage_states(status: str, reached: int) -> tuple[StageState, ...]:
    """Return the state of each stage: done, now, next, to come or, in a canceled Task, not reached."""
    return tuple(_stage_state(status, place, reached) for place in range(1, len(STAGES) + 1))


def _stage_state(status: str, place: int, reached: int) -> StageState:
    if place < reached or (place == reached and status in ENDED):
        return "done"
    if status == "canceled":
        return "not reached"
    if place == reached:
        return "now"
    return "next" if place == reached + 1 else "to come"


def _task_sentence(task: TaskLike | None, status: str) -> str:
    if task is None:
        return "There is no Task yet."
    name = f"Task {short_sid(task.sid)}"
    if status == "pending":
        queue = f' in "{one_line(task.task_queue_friendly_name)}"' if task.task_queue_friendly_name else ""
        return f"{name} is pending: it waits{queue}."
    if status == "canceled":
        reason = f" Reason: {one_line(task.reason)}." if task.reason else ""
        return f"{name} is canceled. It won't reach the other stages.{reason}"
    if status == "completed":
        return f"{name} is completed."
    if status in _REACHED:
        return f"{name} is {status}."
    return f'{name} has assignment_status "{status}". That isn\'t a Task status.'


def _reservation_sentences(reservations: Sequence[ReservationLike]) -> list[str]:
    sentences = [_reservation_sentence(each) for each in reservations]
    left_out = len(sentences) - _SHOWN_RESERVATIONS
    if left_out > 0:
        return [f"{left_out} earlier Reservations are not listed.", *sentences[-_SHOWN_RESERVATIONS:]]
    return sentences


def _reservation_sentence(reservation: ReservationLike) -> str:
    status = one_line(reservation.reservation_status)
    sentence = _RESERVATION_SENTENCES.get(status, "Reservation {sid} of {worker} is {status}.")
    worker = one_line(reservation.worker_name) or "a Worker"
    return sentence.format(worker=worker, sid=short_sid(reservation.sid), status=status)


def _doubts(status: str, reservation_statuses: Sequence[str]) -> list[str]:
    seen = set(reservation_statuses)
    missing = status in _EXPECTED and bool(seen) and not seen & _EXPECTED[status]
    surplus = status in ("pending", *ENDED) and not seen.isdisjoint(OPEN_RESERVATIONS)
    if not missing and not surplus:
        return []
    return ["The Task and the Reservation don't match, because one has changed since you fetched it. Fetch both again."]


def _next_sentence(status: str, states: Sequence[StageState]) -> str:
    if "next" in states:
        return f"Next: {STAGES[states.index('next')]}."
    if status == "assigned":
        return "All five stages are done. When the work is finished, complete the Task."
    if status == "wrapping":
        return "All five stages are done. When the Worker has wrapped up, complete the Task."
    return "There is no next stage."
