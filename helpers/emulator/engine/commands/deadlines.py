"""Commands that run when the clock passes a record's deadline."""

from __future__ import annotations

from ...clock import Millis
from ..calls.phone_calls import pass_call_deadline
from ..model.resources import PhoneCall, Reservation, Task, Workspace
from ..model.statuses import WAITING
from ..routing.matching import fits
from ..routing.transitions import TTL_EXCEEDED, cancel_task, expire_reservation, remove_task
from ..routing.workflow_steps import step_timeout
from ..state import WorkspaceState
from ..transaction import Transaction
from ..world import World

__all__ = ["pass_deadline", "watch_clock"]

_MINUTE_MS: Millis = 60_000


def pass_deadline(transaction: Transaction, sid: str) -> None:
    """Change the record ``sid`` as its deadline requires; the transaction's time is the deadline."""
    state = transaction.state
    record = state.timed(sid)
    match record:
        case Reservation():
            expire_reservation(transaction, record)
        case Task():
            _pass_task_deadline(transaction, record)
        case PhoneCall():
            pass_call_deadline(transaction, record)
        case Workspace():
            _match_again(transaction)


def watch_clock(world: World, state: WorkspaceState, now: Millis) -> None:
    """Set the Workspace's deadline to the next minute while a waiting Task's step reads the time of day.

    A deadline that is set already stays: another command in the same instant must not postpone it.
    """
    if state.workspace.sid not in world.workspaces:
        return
    if not state.backlog.clock_lines:
        world.timers.set(state.workspace, None)
    elif state.workspace.sid not in world.timers:
        world.timers.set(state.workspace, (now // _MINUTE_MS + 1) * _MINUTE_MS)


def _match_again(transaction: Transaction) -> None:
    state = transaction.state
    transaction.world.timers.set(state.workspace, None)
    for line in state.backlog.clock_lines:
        for worker in state.ready_workers(line.task_queue_sid, line.task_channel_sid):
            if fits(state, worker, line.target, line.task_attributes, transaction.now):
                transaction.mark_freed(worker)


def _pass_task_deadline(transaction: Transaction, task: Task) -> None:
    if task.ended_at is not None:
        remove_task(transaction, task, None)
    elif task.assignment_status not in WAITING:
        remove_task(transaction, task, "task.system-deleted")
    elif task.date_created + task.timeout * 1000 <= transaction.now:
        cancel_task(transaction, task, TTL_EXCEEDED, TTL_EXCEEDED)
    else:
        step_timeout(transaction, task)
