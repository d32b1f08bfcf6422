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
from tests.benchmarks.figures import Figure, Size
from tests.benchmarks.processes import ROOT, emulator

__all__ = ["measure"]

_MIB = 2**20


def measure(size: Size, folder: Path) -> list[Figure]:
    """Seconds, MiB, and multiples of a plain call."""
    ready, memory, kernels = [], [], []
    for number in range(size.starts):
        with emulator(folder / f"start-{number}") as server:
            ready.append(server.ready_seconds)
            time.sleep(size.settle_seconds)
            memory.append(server.rss / _MIB)
        kernels.append(_kernel(size.reservations))
    calls = (
        f"{median(each['idle'] for each in kernels):.1f} ms, a call {median(each['call'] for each in kernels):.1f} ms"
    )
    return [
        Figure("server: ready", median(ready), "s", 0.4, detail=f"Python alone {_python():.2f} s"),
        Figure("server: memory at start", median(memory), "MiB", 60),
        Figure("kernel: connect() until the first answer", median(each["connect"] for each in kernels), "s", 0.5),
        Figure(
            "kernel: set Idle to inbox",
            median(each["idle"] / each["call"] for each in kernels),
            "plain calls",
            5,
            detail=calls,
        ),
    ]


def _kernel(times: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.kernel", str(times)]
    local = {**os.environ, **start.LOCAL_MODE}
    return json.loads(subprocess.run(command, cwd=ROOT, env=local, capture_output=True, check=True).stdout)


def _python() -> float:
    """What any Python program takes to start and print a line."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "print()"], capture_output=True, check=True)
    return time.perf_counter() - started
