"""How soon things happen: from a Worker set available to the callback, from a Task to its Reservation."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from tests.benchmarks.desk import Desk
from tests.benchmarks.figures import Figure, Size, percentile
from tests.benchmarks.processes import emulator
from tests.benchmarks.receiver import Receiver, receiving

__all__ = ["measure"]

_PATIENCE_SECONDS = 30


def measure(size: Size, folder: Path) -> list[Figure]:
    """Milliseconds, all through the SDK, so that two or three calls of it are in each figure."""
    plain: list[float] = []
    callbacks: list[float] = []
    reservations: list[float] = []
    with emulator(folder / "latency") as server, receiving() as receiver:
        desk = Desk.build(server.client(), receiver.url)
        desk.workspace.tasks(desk.task_sid).update(assignment_status="canceled")
        for _ in range(size.rounds * size.reservations):
            callbacks.append(_available_to_callback(desk, receiver))
            reservations.append(_create_to_reservation(desk, receiver))
            plain.append(_plain(desk))
    detail = f"a plain fetch takes {median(plain) * 1000:.1f} ms"
    return [
        *_figures("set available to callback received", callbacks, 3, 10, detail),
        *_figures("create a Task to Reservation visible", reservations, 5, 12, detail),
    ]


def _available_to_callback(desk: Desk, receiver: Receiver) -> float:
    task = desk.create_task()
    started = time.perf_counter()
    desk.set_available(True)
    arrived = receiver.times.get(timeout=_PATIENCE_SECONDS)
    task.update(assignment_status="canceled")
    return arrived - started


def _create_to_reservation(desk: Desk, receiver: Receiver) -> float:
    """Alice is available; afterwards she is Offline again."""
    started = time.perf_counter()
    task = desk.create_task()
    while not desk.workspace.tasks(task.sid).reservations.list(limit=1):
        pass
    seen = time.perf_counter()
    receiver.times.get(timeout=_PATIENCE_SECONDS)
    task.update(assignment_status="canceled")
    desk.set_available(False)
    return seen - started


def _plain(desk: Desk) -> float:
    started = time.perf_counter()
    desk.workspace.tasks(desk.task_sid).fetch()
    return time.perf_counter() - started


def _figures(name: str, seconds: list[float], middle: float, most: float, detail: str) -> list[Figure]:
    return [
        Figure(f"SDK: {name}", median(seconds) * 1000, "ms", middle, detail=detail),
        Figure(f"SDK: {name}, p99", percentile(seconds, 0.99) * 1000, "ms", most),
    ]
