"""The board of a Workspace: TaskQueues with what waits in them, open Reservations, Workers with their capacity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from ..blocks import Column, Table
from ..durations import span
from ..safe_text import one_line, short_sid
from .workspace_snapshot import WorkspaceSnapshot

__all__ = ["SHOWN", "UNACCEPTED", "WORKER_COLUMNS", "board_state", "board_tables", "channel_words", "worker_row"]

SHOWN = {"tasks": 200, "workers": 100, "reservations": 100}
"""How many rows the widget draws; it says how many are left out."""

IN_WORDS = 50
UNACCEPTED = ("pending", "reserved")
_OPEN = ("pending", "accepted", "wrapping")

_QUEUES = (
    Column("TaskQueue", "name"),
    Column("Target Workers", "json"),
    Column("Pending", "number"),
    Column("Reserved", "number"),
)
_TASKS = (
    Column("TaskQueue", "name"),
    Column("Task", "sid"),
    Column("Status", "status"),
    Column("Age", "number"),
    Column("Priority", "number"),
    Column("Attributes", "json"),
)
_RESERVATIONS = (
    Column("Reservation", "sid"),
    Column("Status", "status"),
    Column("Worker", "name"),
    Column("Task", "sid"),
    Column("Since", "number"),
)
WORKER_COLUMNS = (
    Column("Worker", "name"),
    Column("Activity"),
    Column("Available", "status"),
    Column("Capacity in use"),
    Column("Attributes", "json"),
)


def board_tables(snapshot: WorkspaceSnapshot) -> tuple[Table, ...]:
    """The board in words."""
    in_queues = {queue.sid: _unaccepted_in(snapshot, queue.sid) for queue in snapshot.queues}
    unaccepted = [(queue, task) for queue in snapshot.queues for task in in_queues[queue.sid]]
    return (
        _table(
            "TaskQueues",
            _QUEUES,
            [(q.friendly_name, q.target_workers, *_counts(in_queues[q.sid])) for q in snapshot.queues],
            "no TaskQueues in this Workspace",
        ),
        _table("Tasks not accepted yet", _TASKS, [_task_row(snapshot, *each) for each in unaccepted], "no Task waits"),
        _table(
            "Open Reservations",
            _RESERVATIONS,
            [(r.sid, r.reservation_status, r.worker_name, r.task_sid, _since(snapshot, r)) for r in _open(snapshot)],
            "no open Reservations",
        ),
        _table(
            "Workers",
            WORKER_COLUMNS,
            [worker_row(each, snapshot.channels.get(each.sid, ())) for each in snapshot.workers.values()],
            "no Workers in this Workspace",
        ),
    )


def board_state(snapshot: WorkspaceSnapshot) -> dict[str, Any]:
    """The board as the widget draws it; with moments instead of ages, which change all the time."""
    reservations, workers = list(_open(snapshot)), list(snapshot.workers.values())
    return {
        "queues": list(_queue_states(snapshot)),
        "reservations": [_reservation_state(snapshot, each) for each in reservations[: SHOWN["reservations"]]],
        "more_reservations": max(0, len(reservations) - SHOWN["reservations"]),
        "workers": [_worker_state(snapshot, each) for each in workers[: SHOWN["workers"]]],
        "more_workers": max(0, len(workers) - SHOWN["workers"]),
        "activities": [_activity_state(each) for each in snapshot.activities],
    }


def worker_row(worker: Any, channels: Iterable[Any]) -> tuple[object, ...]:
    """A Worker with what they carry, under ``WORKER_COLUMNS``."""
    available = "available" if worker.available else "not available"
    capacity = ", ".join(channel_words(channels))
    return worker.friendly_name, worker.activity_name, available, capacity, worker.attributes


def channel_words(channels: Iterable[Any]) -> list[str]:
    """The capacity of a Worker's channels that are in use, or of the first if none is: ``default 1 of 1``."""
    every = [
        (one_line(each.task_channel_unique_name), _in_use(each), int(each.configured_capacity)) for each in channels
    ]
    used = [each for each in every if each[1]] or [each for each in every if each[0] == "default"] or every[:1]
    return [f"{name} {in_use} of {capacity}" for name, in_use, capacity in used]


def _queue_states(snapshot: WorkspaceSnapshot) -> Iterator[dict[str, Any]]:
    room = SHOWN["tasks"]
    for queue in snapshot.queues:
        unaccepted = _unaccepted_in(snapshot, queue.sid)
        pending, reserved = _counts(unaccepted)
        shown, room = unaccepted[:room], room - len(unaccepted[:room])
        yield {
            "key": queue.sid,
            "name": one_line(queue.friendly_name),
            "target": one_line(queue.target_workers),
            "pending": pending,
            "reserved": reserved,
            "tasks": [_task_state(snapshot, task) for task in shown],
            "more": len(unaccepted) - len(shown),
        }


def _task_state(snapshot: WorkspaceSnapshot, task: Any) -> dict[str, Any]:
    return {
        "key": task.sid,
        "name": short_sid(task.sid),
        "status": one_line(task.assignment_status),
        "about": one_line(task.attributes),
        "priority": int(task.priority or 0),
        "since": round(task.date_created.timestamp()),
    }


def _reservation_state(snapshot: WorkspaceSnapshot, reservation: Any) -> dict[str, Any]:
    task = snapshot.tasks.get(reservation.task_sid)
    return {
        "key": reservation.sid,
        "name": short_sid(reservation.sid),
        "status": one_line(reservation.reservation_status),
        "worker": one_line(reservation.worker_name),
        "worker_key": reservation.worker_sid,
        "task": reservation.task_sid,
        "task_name": short_sid(reservation.task_sid),
        "about": one_line(task.attributes) if task is not None else "",
        "since": round(reservation.date_updated.timestamp()),
    }


def _worker_state(snapshot: WorkspaceSnapshot, worker: Any) -> dict[str, Any]:
    return {
        "key": worker.sid,
        "name": one_line(worker.friendly_name),
        "activity": worker.activity_sid,
        "activity_name": one_line(worker.activity_name),
        "available": bool(worker.available),
        "capacity": ", ".join(channel_words(snapshot.channels.get(worker.sid, ()))),
        "about": one_line(worker.attributes),
    }


def _activity_state(activity: Any) -> dict[str, Any]:
    return {"key": activity.sid, "name": one_line(activity.friendly_name), "available": bool(activity.available)}


def _task_row(snapshot: WorkspaceSnapshot, queue: Any, task: Any) -> tuple[object, ...]:
    age = span(_seconds(snapshot, task.date_created))
    return queue.friendly_name, task.sid, task.assignment_status, age, task.priority, task.attributes


def _unaccepted_in(snapshot: WorkspaceSnapshot, queue_sid: str) -> list[Any]:
    """Tasks of a TaskQueue that nobody has accepted yet, the oldest first."""
    unaccepted = [
        task
        for task in snapshot.tasks.values()
        if task.task_queue_sid == queue_sid and task.assignment_status in UNACCEPTED
    ]
    return sorted(unaccepted, key=lambda task: task.date_created)


def _counts(unaccepted: list[Any]) -> tuple[int, int]:
    """How many of them wait for a Worker, and how many are offered to one."""
    pending = sum(task.assignment_status == "pending" for task in unaccepted)
    return pending, len(unaccepted) - pending


def _open(snapshot: WorkspaceSnapshot) -> list[Any]:
    """Reservations somebody can still do something about, those that wait for an answer first."""
    every = [each for offered in snapshot.reservations.values() for each in offered if each.reservation_status in _OPEN]
    return sorted(every, key=lambda each: _OPEN.index(each.reservation_status))


def _since(snapshot: WorkspaceSnapshot, reservation: Any) -> str:
    return span(_seconds(snapshot, reservation.date_updated))


def _seconds(snapshot: WorkspaceSnapshot, moment: datetime) -> float:
    return (snapshot.clock.now - moment).total_seconds()


def _in_use(channel: Any) -> int:
    """Tasks a channel has, offered ones included, which count against its capacity."""
    capacity = int(channel.configured_capacity)
    return round(capacity * (100 - int(channel.available_capacity_percentage)) / 100)


def _table(title: str, columns: tuple[Column, ...], rows: list[tuple[object, ...]], empty: str) -> Table:
    shown = tuple(tuple(one_line(cell) for cell in row) for row in rows[:IN_WORDS])
    return Table(f"{title} ({len(rows)})", columns, shown, empty, more=max(0, len(rows) - IN_WORDS))
