"""How soon things happen: from a Worker set available to the callback, from a Task to its Reservation."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.figures import Figure, Size, percentile
from tests.benchmarks.measured_desk import MeasuredDesk
from tests.benchmarks.processes import emulator, floor
from tests.benchmarks.receiver import Receiver, receiving

__all__ = ["measure"]

_PATIENCE_SECONDS = 30


def measure(size: Size, folder: Path) -> list[Figure]:
    """How often as long as a fetch from the floor, all through the SDK: two or three calls of it are in each figure."""
    plain: list[float] = []
    callbacks: list[float] = []
    reservations: list[float] = []
    with floor() as canned, emulator(folder / "latency") as server, receiving() as receiver:
        desk = MeasuredDesk(server.client(), assignment_callback_url=receiver.url)
        desk.workspace.tasks(desk.task_sid).update(assignment_status="canceled")
        task: Any = canned.client().taskrouter.v1.workspaces(desk.workspace_sid).tasks(desk.task_sid)
        for _ in range(size.rounds * size.reservations):
            callbacks.append(_available_to_callback(desk, receiver))
            reservations.append(_create_to_reservation(desk, receiver))
            plain.append(_plain(task))
    return [
        *_figures("set available to callback received", callbacks, plain, 3),
        *_figures("create a Task to Reservation visible", reservations, plain, 5),
    ]


def _available_to_callback(desk: MeasuredDesk, receiver: Receiver) -> float:
    task = desk.task()
    started = time.perf_counter()
    desk.move(desk.alice, "Available")
    arrived = receiver.times.get(timeout=_PATIENCE_SECONDS)
    task.update(assignment_status="canceled")
    return arrived - started


def _create_to_reservation(desk: MeasuredDesk, receiver: Receiver) -> float:
    """Alice is available; afterwards she is Offline again."""
    started = time.perf_counter()
    task = desk.task()
    while not desk.workspace.tasks(task.sid).reservations.list(limit=1):
        pass
    seen = time.perf_counter()
    receiver.times.get(timeout=_PATIENCE_SECONDS)
    task.update(assignment_status="canceled")
    desk.move(desk.alice, "Offline")
    return seen - started


def _plain(task: Any) -> float:
    started = time.perf_counter()
    task.fetch()
    return time.perf_counter() - started


def _figures(name: str, seconds: list[float], plain: list[float], limit: float) -> list[Figure]:
    """Two: the middle beside the middle of plain calls, and the slowest beside the slowest."""
    return [
        _figure(f"SDK: {name}", median(seconds), median(plain), limit),
        _figure(f"SDK: {name}, p99", percentile(seconds, 0.99), percentile(plain, 0.99), limit),
    ]


def _figure(name: str, seconds: float, plain: float, limit: float) -> Figure:
    detail = f"{seconds * 1000:.1f} ms and {plain * 1000:.1f} ms"
    return Figure(name, seconds / plain, "× a fetch from the canned floor", limit, detail=detail)
