"""What becomes of the figures when a hundred thousand Tasks wait."""

from __future__ import annotations

import time
from itertools import repeat
from pathlib import Path
from statistics import median

from tests.benchmarks import questions
from tests.benchmarks.crowd import Crowd, crowd, seed
from tests.benchmarks.figures import Figure, Size, median_ratio
from tests.benchmarks.floor import TASK, committing
from tests.benchmarks.load import form_request, json_request, send_all
from tests.benchmarks.measured_desk import MeasuredDesk
from tests.benchmarks.processes import emulator, floor
from tests.worlds.desk import SPANISH

__all__ = ["measure"]

_DAY_SECONDS = 86_400


def measure(size: Size, folder: Path) -> list[Figure]:
    """Ratios and bytes."""
    return [_assignments(size, folder), *_memory(size, folder), _advance(size, folder)]


def _assignments(size: Size, folder: Path) -> Figure:
    few, many = [], []
    with crowd(folder / "few", *size.small) as small, crowd(folder / "many", *size.large) as large:
        for _ in range(size.rounds):
            few.append(_time_per_assignment(small, size.assignments))
            many.append(_time_per_assignment(large, size.assignments))
    return Figure(
        name="assignments: {:,} Tasks and {:,} Workers against {:,} and {:,}".format(*size.large, *size.small),
        value=median_ratio(many, few),
        unit="times as long",
        limit=1.5,
        detail=f"{median(many) * 1000:.2f} ms and {median(few) * 1000:.2f} ms",
    )


def _time_per_assignment(where: Crowd, times: int) -> float:
    started = time.perf_counter()
    for _ in range(times):
        where.assign()
    return (time.perf_counter() - started) / times


def _memory(size: Size, folder: Path) -> list[Figure]:
    how_many, _ = size.large
    with floor() as canned, emulator(folder / "memory") as server:
        desk = MeasuredDesk(server.client())
        create = form_request(server, desk.tasks_path, WorkflowSid=desk.workflow_sid, Attributes=SPANISH)
        send_all(server, repeat(create, 10), 1)
        before = server.rss
        send_all(server, repeat(create, how_many), 8)
        waiting = (server.rss - before) / how_many
        asked = questions.measure(server, canned, desk, size)
        questions.ask_everything(server, desk)
        arranged = (server.rss - before) / how_many
        return [
            Figure(f"memory for each of {how_many:,} waiting Tasks", waiting, "bytes", 2048),
            Figure("the same, when every list and all statistics have been asked for", arranged, "bytes", 2048),
            *asked,
        ]


def _advance(size: Size, folder: Path) -> Figure:
    with emulator(folder / "advance", "--clock", "lesson") as server:
        planted = seed(size.timers, 1, timeout=lambda number: 1 + number * (_DAY_SECONDS - 1000) // size.timers)
        send_all(server, [json_request(server, "/_emulator/seed", planted)], 1)
        advance = form_request(server, "/_emulator/clock/advance", seconds=str(_DAY_SECONDS))
        took = send_all(server, [advance], 1).seconds[0]
    keep, started = committing(str(folder / "commits.sqlite3")), time.perf_counter()
    for _ in range(2 * size.timers):
        keep(TASK)
    under = time.perf_counter() - started
    return Figure(
        f"advance by a day over {size.timers:,} timers",
        took / under,
        "× as many commits of a Task",
        10,
        detail=f"{took:.2f} s and {under:.2f} s; each cancels a Task, and removes it later",
    )
