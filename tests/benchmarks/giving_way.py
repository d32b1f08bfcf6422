"""How long others wait while somebody asks for as much as is allowed: a Workflow of 1 MB, a long move of the clock."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import parse_qsl

from tests.benchmarks.crowd import seed
from tests.benchmarks.figures import FULL, Figure, Size, median_ratio
from tests.benchmarks.load import form_request, json_request, send_all
from tests.benchmarks.measured_desk import MeasuredDesk
from tests.benchmarks.neighbour import longest_wait
from tests.benchmarks.processes import Server, emulator

__all__ = ["measure"]

_HOUR_SECONDS = 3600
_WORDS = re.compile(r"\w+|[^\w\s]+")
_READING = "times parse_qsl and finding its words"


def measure(size: Size, folder: Path) -> list[Figure]:
    """Milliseconds that a second client waits at most, and the CPU time of each kind of configuration."""
    share = size.timers / FULL.timers
    with emulator(folder / "giving-way", "--clock", "lesson") as server:
        desk = MeasuredDesk(server.client())
        return [*_configurations(server, desk, share, size.starts), _advance(server, desk, size)]


def _filters(queue_sid: str, expressions: list[str]) -> str:
    rules = [{"expression": each, "targets": [{"queue": queue_sid}]} for each in expressions]
    return json.dumps({"task_routing": {"filters": rules}})


def _many_filters(queue_sid: str, share: float, number: int) -> str:
    return _filters(queue_sid, [f"a == {each} AND b == {number}" for each in range(_of(9000, share))])


def _long_expressions(queue_sid: str, share: float, number: int) -> str:
    clauses = " OR (b == 1 AND c == 2)" * 340
    return _filters(queue_sid, [f"{each} == {number}{clauses}" for each in range(_of(125, share))])


def _percent_signs(queue_sid: str, share: float, number: int) -> str:
    return _filters(queue_sid, [f"a == '{number}{'%' * 8000}'" for _ in range(_of(125, share))])


def _nested_lists(queue_sid: str, share: float, number: int) -> str:
    lists = ",".join(["[" * 450 + "]" * 450] * _of(1100, share))
    return f'{{"task_routing":{{"default_filter":{{"queue":"{queue_sid}"}}}},"number":{number},"lists":[{lists}]}}'


def _of(all_of_them: int, share: float) -> int:
    return max(1, int(all_of_them * share))


_KINDS: dict[str, tuple[Callable[[str, float, int], str], float]] = {
    "9,000 filters": (_many_filters, 8),
    "125 filters of 340 ORs": (_long_expressions, 9),
    "a million percent signs": (_percent_signs, 1.5),
    "1,100 times 450 lists in one another": (_nested_lists, 1.5),
}
"""Makes a text of nearly 1 MB, another one for each number; the most CPU time for it, in times of reading it."""


def _configurations(server: Server, desk: MeasuredDesk, share: float, rounds: int) -> Iterator[Figure]:
    path = f"/v1/Workspaces/{desk.workspace_sid}/Workflows"
    for name, (make, limit) in _KINDS.items():
        texts = [make(desk.task_queue_sid, share, number) for number in range(2 * rounds)]
        requests = [form_request(server, path, FriendlyName="Long", Configuration=text) for text in texts]
        floors = [_seconds_of_reading(request) for request in requests[:rounds]]
        cpu = [_cpu_seconds(server, request) for request in requests[:rounds]]
        yield _others_wait(f"create a Workflow of {name}", server, desk, requests[rounds:], 100)
        title, detail = f"create a Workflow of {name}: CPU time", f"{median(cpu):.2f} s"
        yield Figure(title, median_ratio(cpu, floors), _READING, limit, detail=detail)


def _advance(server: Server, desk: MeasuredDesk, size: Size) -> Figure:
    how_many = size.timers // 2
    planted = seed(how_many, 1, timeout=lambda number: 1 + number * _HOUR_SECONDS // how_many)
    send_all(server, [json_request(server, "/_emulator/seed", planted)], 1)
    advance = form_request(server, "/_emulator/clock/advance", seconds=str(_HOUR_SECONDS))
    return _others_wait(f"advance over {how_many:,} timers", server, desk, [advance], 200)


def _others_wait(name: str, server: Server, desk: MeasuredDesk, requests: list[bytes], limit: float) -> Figure:
    """The longest wait while each is answered, beside the longest in as much time in which nobody asks for anything."""
    path = f"{desk.tasks_path}/{desk.task_sid}"
    waits, idle = [], []
    for request in requests:
        started = time.perf_counter()
        waits.append(longest_wait(server, path, partial(send_all, server, [request], 1)))
        idle.append(longest_wait(server, path, partial(time.sleep, time.perf_counter() - started)))
    detail = f"idle {median(idle) * 1000:.1f} ms"
    return Figure(f"{name}: others wait at most", median(waits) * 1000, "ms", limit, detail=detail)


def _cpu_seconds(server: Server, request: bytes) -> float:
    before = sum(server.process.cpu_times()[:2])
    send_all(server, [request], 1)
    return sum(server.process.cpu_times()[:2]) - before


def _seconds_of_reading(request: bytes) -> float:
    """Return the CPU time of the least that a reader does."""
    started = time.process_time()
    _WORDS.findall(parse_qsl(request.partition(b"\r\n\r\n")[2].decode())[1][1])
    return time.process_time() - started
