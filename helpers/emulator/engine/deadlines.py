"""What happens when the clock passes a record's deadline."""

from __future__ import annotations

from helpers.emulator.clock import Millis
from helpers.emulator.engine.lifecycle import TTL_EXCEEDED, cancel_task, expire_reservation, remove_task
from helpers.emulator.engine.resources import Reservation, Task, Workspace
from helpers.emulator.engine.states import WAITING
from helpers.emulator.engine.steps import step_timeout
from helpers.emulator.engine.turn import Turn

__all__ = ["look_at_clock", "pass_deadline"]

_MINUTE_MS: Millis = 60_000


def pass_deadline(turn: Turn, sid: str) -> None:
    """Do what is due on the record ``sid``; the turn's time is the deadline."""
    state = turn.state
    record = state.tasks.get(sid) or state.reservations.get(sid) or state.workspace
    match record:
        case Reservation():
            expire_reservation(turn, record)
        case Task():
            _pass_task_deadline(turn, record)
        case Workspace():
            for worker in state.workers.values():
                turn.frees(worker)


def look_at_clock(turn: Turn) -> None:
    """While a waiting Task's step reads the time of day, everybody is looked at each minute."""
    state = turn.state
    if state.workspace.sid not in turn.world.workspaces:
        return
    next_minute = (turn.now // _MINUTE_MS + 1) * _MINUTE_MS
    turn.world.timers.set(state.workspace, next_minute if state.backlog.reads_clock else None)


def _pass_task_deadline(turn: Turn, task: Task) -> None:
    if task.ended_at is not None:
        remove_task(turn, task, None)
    elif task.assignment_status not in WAITING:
        remove_task(turn, task, "task.system-deleted")
    elif task.date_created + task.timeout * 1000 <= turn.now:
        cancel_task(turn, task, TTL_EXCEEDED, TTL_EXCEEDED)
    else:
        step_timeout(turn, task)
