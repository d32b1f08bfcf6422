"""What becomes of the figures when a hundred thousand Tasks wait."""

from __future__ import annotations

import time
from itertools import repeat
from pathlib import Path
from statistics import median

from tests.benchmarks.crowd import Crowd, crowd, seed
from tests.benchmarks.desk import ATTRIBUTES, Desk
from tests.benchmarks.figures import Figure, Size, median_ratio
from tests.benchmarks.load import form_request, get_request, json_request, send_all
from tests.benchmarks.processes import Server, emulator

__all__ = ["measure"]

_DAY_SECONDS = 86_400


def measure(size: Size, folder: Path) -> list[Figure]:
    """Ratios, bytes and seconds."""
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
    with emulator(folder / "memory") as server:
        desk = Desk.build(server.client())
        create = form_request(server, desk.tasks_path, WorkflowSid=desk.workflow_sid, Attributes=ATTRIBUTES)
        send_all(server, repeat(create, 10), 1)
        before = server.rss
        send_all(server, repeat(create, how_many), 8)
        each = (server.rss - before) / how_many
        return [
            Figure(f"memory for each of {how_many:,} waiting Tasks", each, "bytes", 2048),
            *_questions(server, desk, how_many),
        ]


def _questions(server: Server, desk: Desk, how_many: int) -> list[Figure]:
    """What is asked of a workspace with many Tasks. What is marked costs more the more there are; the rest does not."""
    workspace, events = f"/v1/Workspaces/{desk.sid}", f"/v1/Workspaces/{desk.sid}/Events"
    once = {
        "fetch a Task": f"{desk.tasks_path}/{desk.task_sid}",
        "a page of Tasks": f"{desk.tasks_path}?PageSize=50",
        "a page of Tasks in their queue": f"{desk.tasks_path}?PageSize=50&TaskQueueName=Spanish",
        "the events of a Task": f"{events}?TaskSid={desk.task_sid}",
        "a page of events": f"{events}?PageSize=50&Minutes=60",
    }
    each = {
        "Tasks by a priority that none has": f"{desk.tasks_path}?Priority=7",
        "Tasks, the newest first": f"{desk.tasks_path}?PageSize=50&Ordering=DateCreated:desc",
        "real-time statistics": f"{workspace}/RealTimeStatistics",
    }
    return [
        Figure(f"with {how_many:,} Tasks: {name}", _milliseconds(server, path), "ms", detail=detail)
        for asked, detail in ((once, ""), (each, "looks at each Task"))
        for name, path in asked.items()
    ]


def _milliseconds(server: Server, path: str) -> float:
    return send_all(server, repeat(get_request(server, path), 5), 1).percentile(0.5) * 1000


def _advance(size: Size, folder: Path) -> Figure:
    with emulator(folder / "advance", "--clock", "lesson") as server:
        planted = seed(size.timers, 1, timeout=lambda number: 1 + number * (_DAY_SECONDS - 1000) // size.timers)
        send_all(server, [json_request(server, "/_emulator/seed", planted)], 1)
        advance = form_request(server, "/_emulator/clock/advance", seconds=str(_DAY_SECONDS))
        took = send_all(server, [advance], 1).seconds[0]
    return Figure(
        f"advance by a day over {size.timers:,} timers",
        took,
        "s",
        5,
        detail="each cancels a Task, and removes it later",
    )
