"""How many Tasks are created and fetched in a second, beside the floors."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import repeat
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.figures import Figure, Size, median_ratio
from tests.benchmarks.load import form_request, get_request, send_all
from tests.benchmarks.measured_desk import MeasuredDesk
from tests.benchmarks.processes import Server, emulator, floor
from tests.worlds.desk import SPANISH

__all__ = ["measure"]

_CONNECTIONS = 8

Rates = dict[tuple[str, str], list[float]]
"""(server, what) → one figure for each round."""


def measure(size: Size, folder: Path) -> list[Figure]:
    """Requests a second as shares of the floors', through the SDK and through a fast client."""
    found: Rates = {}
    with _servers(folder) as servers:
        desk = MeasuredDesk(servers["emulator"].client())
        # One after the other: tens of thousands of Tasks, as the fast client leaves behind, burden no floor.
        for measure_round in (_sdk, _fast):
            for _ in range(size.rounds):
                for key, value in measure_round(servers, desk, size).items():
                    found.setdefault(key, []).append(value)
    return [
        _share(found, "SDK: create", "committing", 0.7),
        _share(found, "SDK: fetch", "canned", 0.9),
        _share(found, "8 connections: create", "committing", 0.25),
        _share(found, "8 connections: fetch", "canned", 0.5),
        _p99(found, "8 connections: create", "committing"),
        _p99(found, "8 connections: fetch", "canned"),
    ]


@contextmanager
def _servers(folder: Path) -> Iterator[dict[str, Server]]:
    with floor() as canned, floor(folder / "floor.sqlite3") as committing, emulator(folder / "throughput") as ours:
        yield {"canned": canned, "committing": committing, "emulator": ours}


def _sdk(servers: Mapping[str, Server], desk: MeasuredDesk, size: Size) -> dict[tuple[str, str], float]:
    """Calls a second, from the median time of a call; each server is called several times in a row, as users do."""
    found = {}
    for name, server in servers.items():
        tasks: Any = server.client().taskrouter.v1.workspaces(desk.workspace_sid).tasks
        create = partial(tasks.create, workflow_sid=desk.workflow_sid, attributes=SPANISH)
        found[name, "SDK: create"] = _rate(create, size.sdk_calls)
        found[name, "SDK: fetch"] = _rate(tasks(desk.task_sid).fetch, size.sdk_calls)
    return found


def _rate(call: Callable[[], object], calls: int) -> float:
    return 1 / median(_seconds(call) for _ in range(calls))


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _fast(servers: Mapping[str, Server], desk: MeasuredDesk, size: Size) -> dict[tuple[str, str], float]:
    """Requests a second, and the 99th percentile of their times in milliseconds."""
    found: dict[tuple[str, str], float] = {}
    for name, server in servers.items():
        create = form_request(server, desk.tasks_path, WorkflowSid=desk.workflow_sid, Attributes=SPANISH)
        fetch = get_request(server, f"{desk.tasks_path}/{desk.task_sid}")
        for what, request in (("8 connections: create", create), ("8 connections: fetch", fetch)):
            load = send_all(server, repeat(request, size.requests), _CONNECTIONS)
            found |= {(name, what): load.rate, (name, f"{what}, p99"): load.percentile(0.99) * 1000}
    return found


def _share(found: Rates, what: str, floor_name: str, least: float) -> Figure:
    ours, under = found["emulator", what], found[floor_name, what]
    return Figure(
        name=f"{what} a Task",
        value=median_ratio(ours, under),
        unit=f"of the {floor_name} floor",
        limit=least,
        at_least=True,
        detail=f"{median(ours):,.0f} of {median(under):,.0f} a second",
    )


def _p99(found: Rates, what: str, floor_name: str) -> Figure:
    ours, under = found["emulator", f"{what}, p99"], found[floor_name, f"{what}, p99"]
    return Figure(
        name=f"{what} a Task, p99",
        value=median_ratio(ours, under),
        unit=f"× the {floor_name} floor's",
        limit=3,
        detail=f"{median(ours):.1f} ms and {median(under):.1f} ms",
    )
