"""How soon a server is ready, how much memory it takes, and the same of an emulator inside a kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import start
from tests.benchmarks.figures import Figure, Size, median_ratio
from tests.benchmarks.processes import ROOT, emulator, floor

__all__ = ["measure"]

_MIB = 2**20


def measure(size: Size, folder: Path) -> list[Figure]:
    """Multiples of the floor's start and of a plain call, and MiB."""
    under, ready, memory, kernels = [], [], [], []
    for number in range(size.starts):
        with floor(folder / f"floor-{number}.sqlite3") as smallest:
            under.append(smallest.ready_seconds)
        with emulator(folder / f"start-{number}") as server:
            ready.append(server.ready_seconds)
            time.sleep(size.settle_seconds)
            memory.append(server.rss / _MIB)
        kernels.append(_kernel(size.reservations))
    calls = (
        f"{median(each['idle'] for each in kernels):.1f} ms, a call {median(each['call'] for each in kernels):.1f} ms"
    )
    return [
        _beside("server: ready", ready, under, 2.2),
        Figure("server: memory at start", median(memory), "MiB", 60),
        _beside("kernel: connect() until the first answer", [each["connect"] for each in kernels], under, 2),
        Figure(
            "kernel: set Idle to inbox",
            median(each["idle"] / each["call"] for each in kernels),
            "plain calls",
            5,
            detail=calls,
        ),
    ]


def _beside(name: str, seconds: list[float], under: list[float], limit: float) -> Figure:
    detail = f"{median(seconds):.2f} s and {median(under):.2f} s"
    return Figure(name, median_ratio(seconds, under), "× the committing floor's start", limit, detail=detail)


def _kernel(times: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.kernel", str(times)]
    local = {**os.environ, **start.LOCAL_MODE}
    said = subprocess.run(command, cwd=ROOT, env=local, capture_output=True, check=True).stdout
    return json.loads(said.splitlines()[-1])  # before it, the inbox may tell that it waits
