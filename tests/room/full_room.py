"""Room that fills: learners who log in at the same moment and then do lessons, and what that takes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median

import start
from deploy.rehearsal.__main__ import rehearse
from deploy.rehearsal.seat import Result, Seat
from deploy.rehearsal.server import Server
from deploy.rehearsal.table import HEADER, summary
from tests.room.hub_visit import log_in
from tests.room.running_hub import PASSWORD, RunningHub

__all__ = ["Figures", "fill_room"]

MEASURE_SECONDS = 5.0


@dataclass
class Figures:
    """Figures of a room, in seconds and bytes."""

    log_ins: list[float] = field(default_factory=list)
    servers: list[int] = field(default_factory=list)
    """Memory of each learner's server before the first kernel."""
    most: int = 0
    """Largest memory that all learners' servers and kernels had together."""
    results: list[Result] = field(default_factory=list)
    seconds: float = 0.0
    dead_kernels: int = 0
    with_progress: list[str] = field(default_factory=list)
    """Learners whose homes have a record of progress: those who answered an exercise."""

    def tell(self) -> str:
        """Return the figures in words."""
        servers = [each / 1e6 for each in self.servers]
        log_ins = f"{min(self.log_ins):.0f} to {max(self.log_ins):.0f} s"
        return "\n".join(
            [
                summary(self.results, self.seconds),
                f"{len(self.servers)} log-ins at once: {log_ins}, median {median(self.log_ins):.0f} s.",
                f"Dead kernels: {self.dead_kernels}.",
                f"Memory (PSS): {median(servers):.0f} MB a server; servers and kernels together at most "
                f"{self.most / 1e6:.0f} MB.",
            ]
        )


async def fill_room(hub: RunningHub, learners: int, lessons: Sequence[str], kinds: Sequence[str]) -> Figures:
    """Let the learners log in at once and do the lessons (names of files); return figures.

    Args:
        kinds: of the seats, from the first on, again and again.
    """
    figures = Figures()
    names = [f"seat-{number:02}" for number in range(1, learners + 1)]
    async with AsyncExitStack() as stack:
        start.say(f"JupyterHub runs on loopback; {learners} learners log in")
        servers = await asyncio.gather(*(_timed_log_in(hub, name, stack, figures) for name in names))
        figures.servers = hub.memory()
        print(HEADER)
        began = time.monotonic()
        seats = [Seat(name, kinds[index % len(kinds)], servers[index]) for index, name in enumerate(names)]
        with _measuring(hub, figures):
            figures.results = await rehearse({seat: [f"notebooks/{lesson}" for lesson in lessons] for seat in seats})
        figures.seconds = time.monotonic() - began
    figures.dead_kernels = hub.dead_kernels()
    figures.with_progress = sorted(path.parts[-3] for path in hub.homes.glob("*/.taskrouter/progress.json"))
    return figures


async def _timed_log_in(hub: RunningHub, name: str, stack: AsyncExitStack, figures: Figures) -> Server:
    began = time.monotonic()
    server = await stack.enter_async_context(log_in(hub.url, name, PASSWORD))
    figures.log_ins.append(time.monotonic() - began)
    return server


@contextmanager
def _measuring(hub: RunningHub, figures: Figures) -> Iterator[None]:
    async def measure() -> None:
        while True:
            figures.most = max(figures.most, sum(await asyncio.to_thread(hub.memory)))
            await asyncio.sleep(MEASURE_SECONDS)

    task = asyncio.create_task(measure())
    try:
        yield
    finally:
        task.cancel()
