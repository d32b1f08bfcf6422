"""Clock of a Workspace in words: whose time it is, and what the next timer will do."""

from __future__ import annotations

from ...engine.model.statuses import ENDED
from ...engine.timers import ASSIGNED_LIFE_MS, REMOVAL_MS
from ..durations import clock_time, day_and_time, span
from ..safe_text import one_line, short_sid
from .unanswered_offers import timeout_activity
from .workspace_snapshot import ClockFace, Timer, WorkspaceSnapshot

__all__ = ["clock_sentences"]

_LIVE = "This is Twilio's time. You can't advance it."
_TITLES = {"lesson": "Lesson time", "running": "Emulator time", "live": "Twilio's time"}

_TASK_SENTENCES = {
    "step timeout": "Task {task} reaches the timeout of its Workflow step and leaves it.",
    "task timeout": "Task {task} reaches its own timeout and is canceled.",
    "removal": f"Task {{task}} is removed, as Tasks are {span(REMOVAL_MS / 1000)} after their end.",
}


def clock_sentences(snapshot: WorkspaceSnapshot) -> list[str]:
    """Return the time, and the next timer, in two sentences."""
    clock = snapshot.clock
    return [f"{_TITLES[clock.kind]}: {day_and_time(clock.now)}.", _next_sentence(snapshot)]


def _next_sentence(snapshot: WorkspaceSnapshot) -> str:
    clock = snapshot.clock
    if clock.next is None:
        return _LIVE if clock.kind == "live" else "No timers are running. Nothing happens until you change something."
    return f"Next timer, {_when(clock, clock.next)}: {_will(snapshot, clock.next)}"


def _when(clock: ClockFace, timer: Timer) -> str:
    at = clock_time(timer.due) if timer.due.date() == clock.now.date() else day_and_time(timer.due)
    return f"in {span((timer.due - clock.now).total_seconds())}, at {at}"


def _will(snapshot: WorkspaceSnapshot, timer: Timer) -> str:
    if timer.purpose == "reservation timeout":
        return _reservation_timeout(snapshot, timer.sid)
    if timer.purpose == "removal":
        return _removal(snapshot, timer.sid)
    if timer.purpose == "callback":
        return "an assignment callback that was delayed is sent."
    if timer.purpose == "time of day":
        return "Workflow steps that read the time of day are evaluated again."
    sentence = _TASK_SENTENCES.get(timer.purpose, one_line(f"{timer.purpose} of {timer.sid}."))
    return sentence.format(task=short_sid(timer.sid))


def _reservation_timeout(snapshot: WorkspaceSnapshot, sid: str) -> str:
    found = (each for offered in snapshot.reservations.values() for each in offered if each.sid == sid)
    reservation = next(found, None)
    worker = one_line(reservation.worker_name) if reservation is not None else "its Worker"
    timed_out = f"Reservation {short_sid(sid)} of {worker} times out"
    activity = timeout_activity(snapshot)
    if activity is None:
        return f"{timed_out}."
    name = one_line(activity.friendly_name)
    if activity.available:
        return (
            f"{timed_out}. The timeout Activity {name} is available, so TaskRouter can offer {worker} the Task again."
        )
    return f"{timed_out}, and {worker} becomes {name}."


def _removal(snapshot: WorkspaceSnapshot, sid: str) -> str:
    task = snapshot.tasks.get(sid)
    if task is not None and task.assignment_status not in ENDED:
        return f"Task {short_sid(sid)} is removed: nobody completed it within {span(ASSIGNED_LIFE_MS / 1000)}."
    return _TASK_SENTENCES["removal"].format(task=short_sid(sid))
