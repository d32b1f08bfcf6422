"""What must hold after every command, whatever came before; each law is checked from the records alone."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.emulator.engine.model.attributes import decode
from helpers.emulator.engine.model.resources import Reservation, Task, Worker, WorkerChannel
from helpers.emulator.engine.routing.matching import fits
from helpers.emulator.engine.state import WorkspaceState, waits_for_worker
from helpers.emulator.expressions import Scope, parse


def broken_laws(state: WorkspaceState, now: int) -> list[str]:
    """In words, every law that does not hold; empty if all do."""
    return [*_misplaced_tasks(state), *_wrong_pairs(state), *_idle_pairs(state, now)]


def _misplaced_tasks(state: WorkspaceState) -> Iterator[str]:
    """A Task is never in two places, and waits exactly while it is pending."""
    for task in state.tasks.values():
        places = [task.sid in state.backlog, *(task.sid in waiting for waiting in state.direct.values())]
        if sum(places) != (task.assignment_status == "pending"):
            yield f"{task.sid}, {task.assignment_status}, waits in {sum(places)} places"
    for sid in [sid for waiting in state.direct.values() for sid in waiting]:
        if sid not in state.tasks:
            yield f"{sid} waits and is gone"


def _wrong_pairs(state: WorkspaceState) -> Iterator[str]:
    """No Reservation without its Task; a Task is reserved exactly while a Reservation is pending."""
    for reservation in state.reservations.values():
        if reservation.task_sid not in state.tasks:
            yield f"{reservation.sid} has lost its Task"
    for task in state.tasks.values():
        statuses = [each.reservation_status for each in state.reservations_of_task(task.sid)]
        if ("pending" in statuses) != (task.assignment_status == "reserved"):
            yield f"{task.sid} is {task.assignment_status}, its Reservations are {statuses}"
        taken = statuses.count("accepted") + statuses.count("wrapping")
        if taken != (task.assignment_status in ("assigned", "wrapping")):
            yield f"{task.sid} is {task.assignment_status}, and {taken} have taken it"


def _idle_pairs(state: WorkspaceState, now: int) -> Iterator[str]:
    """Nobody with room waits beside a Task that they could have."""
    for task in state.tasks.values():
        if task.assignment_status != "pending":
            continue
        for worker in state.workers.values():
            if _could_have(state, worker, task, now):
                yield f"{worker.friendly_name} could have {task.sid}"


def _could_have(state: WorkspaceState, worker: Worker, task: Task, now: int) -> bool:
    room = state.why_no_room(worker, state.channels_of(worker.sid)[task.task_channel_sid]) is None
    if waits_for_worker(task):
        return worker.sid == task.routing_target and (room or task.ignore_capacity is True)
    expression = state.task_queues[task.task_queue_sid or ""].target_workers
    if not room or not expression or not parse(expression, scope=Scope.WORKER).matches(decode(worker.attributes)):
        return False
    return fits(state, worker, state.target(task), task.attributes, now)


def overfull(state: WorkspaceState, before: dict[str, int], after: dict[str, int]) -> list[str]:
    """Channels whose use has grown beyond their capacity since ``before``; :func:`used` tells both."""
    limits = {sid: _capacity(state, channel) for sid, channel in state.worker_channels.items()}
    return [
        f"{sid} carries {after[sid]} of {limit}"
        for sid, limit in limits.items()
        if after[sid] > max(before.get(sid, 0), limit)
    ]


def used(state: WorkspaceState) -> dict[str, int]:
    """WorkerChannel SID → open Reservations of Tasks that do not ignore capacity."""
    return {
        channel.sid: sum(
            not _ignores_capacity(state, each)
            for each in state.open_reservations(channel.worker_sid, channel.task_channel_sid)
        )
        for channel in state.worker_channels.values()
    }


def _capacity(state: WorkspaceState, channel: WorkerChannel) -> int:
    """Single-tasking knows no capacities: a Worker has one Task, on whatever channel."""
    return channel.configured_capacity if state.workspace.multi_task_enabled else 1


def _ignores_capacity(state: WorkspaceState, reservation: Reservation) -> bool:
    return state.tasks[reservation.task_sid].ignore_capacity is True
