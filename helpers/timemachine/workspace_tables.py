"""Tables of a whole Workspace: Workers with their load, Tasks by TaskQueue, open Reservations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from helpers.emulator.display.blocks import Column, Table
from helpers.emulator.display.board.board_workers import WORKER_COLUMNS, worker_row
from helpers.emulator.display.board.channel_use import ChannelUse
from helpers.emulator.display.safe_text import one_line
from helpers.emulator.display.views.tables.table_view import SHOWN_ROWS
from helpers.emulator.engine.model.statuses import OPEN_RESERVATIONS, WITH_WORKER
from helpers.emulator.sdk.sdk_reading import read_list

__all__ = ["read_tables"]


_TASKS = (Column("TaskQueue", "name"), Column("Task", "sid"), Column("Status", "status"), Column("Attributes", "json"))
_RESERVATIONS = (
    Column("Worker", "name"),
    Column("Reservation", "sid"),
    Column("Status", "status"),
    Column("Task", "sid"),
)


def read_tables(workspace: Any) -> tuple[Table, ...]:
    """Read a Workspace through its SDK context, with GET requests only, and return its tables of at most 50 rows."""
    workers = read_list(workspace.workers)
    tasks = read_list(workspace.tasks)
    order = {queue.sid: place for place, queue in enumerate(read_list(workspace.task_queues))}
    tasks.sort(key=lambda task: order.get(task.task_queue_sid, len(order)))
    taken = [task for task in tasks if task.assignment_status in WITH_WORKER]
    reservations = [
        each
        for task in taken[:SHOWN_ROWS]
        for each in read_list(workspace.tasks(task.sid).reservations)
        if each.reservation_status in OPEN_RESERVATIONS
    ]
    return (
        _table("Workers", WORKER_COLUMNS, len(workers), _worker_rows(workers[:SHOWN_ROWS], tasks)),
        _table("Tasks", _TASKS, len(tasks), map(_task_row, tasks[:SHOWN_ROWS])),
        _table("Open Reservations", _RESERVATIONS, len(reservations), map(_reservation_row, reservations)),
    )


def _table(title: str, columns: tuple[Column, ...], count: int, rows: Iterable[tuple[object, ...]]) -> Table:
    shown = tuple(tuple(one_line(cell) for cell in row) for row in rows)[:SHOWN_ROWS]
    return Table(f"{title} ({count})", columns, shown, empty=f"no {title}", more=count - len(shown))


def _worker_rows(workers: Sequence[Any], tasks: Iterable[Any]) -> list[tuple[object, ...]]:
    reservations = chain.from_iterable(read_list(each.reservations) for each in workers)
    use = ChannelUse(reservations, {task.sid: task for task in tasks})
    return [worker_row(each, read_list(each.worker_channels), use) for each in workers]


def _task_row(task: Any) -> tuple[object, ...]:
    return task.task_queue_friendly_name or "none", task.sid, task.assignment_status, task.attributes


def _reservation_row(reservation: Any) -> tuple[object, ...]:
    return reservation.worker_name, reservation.sid, reservation.reservation_status, reservation.task_sid
