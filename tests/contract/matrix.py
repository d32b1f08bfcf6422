"""All lessons against all trouble, on the stage: ``python -m tests.contract.matrix [--lessons 00] [--only lag-2 ...]``.

It prints a line for each lesson and trouble, with what was wrong, and takes about half an hour. The exit code is 1 if
anything was.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.contract.performance import Play, code_cells, make_pool, perform
from tests.contract.stage import Stage
from tests.contract.verdict import CHECKS, claimed_callbacks, raised, said_otherwise
from tests.notebooks.generated import lesson_paths, read

IN_TROUBLE = tuple(check for check in CHECKS if check is not said_otherwise)
"""Checks for runs in which a cell may have to be run again, so that the world isn't quite the stored one."""
KILLED = tuple(check for check in CHECKS if check not in (said_otherwise, raised, claimed_callbacks))


@dataclass(frozen=True)
class Scenario:
    """Trouble that a lesson meets, and the checks that hold all the same."""

    lag_seconds: float = 0.0
    upset: Callable[[Stage], object] | None = None
    attempts: int = 1
    checks: tuple[Callable[..., Iterator[str]], ...] = CHECKS
    killed_after: str = ""
    learners: int = 1
    """Number of kernels that run the lesson at once, in one account."""


def strike(kind: str, **how: Any) -> Callable[[Stage], object]:
    """Return what asks a stage's front for trouble."""
    return partial(ask_for_trouble, kind=kind, **how)


def ask_for_trouble(stage: Stage, kind: str, **how: Any) -> None:
    """Ask a stage's front for trouble."""
    stage.front.strike(kind, **how)


def ignore_names(stage: Stage) -> None:
    """Let lists of the stage ignore names."""
    stage.front.honours_names = False


def now_and_then(kind: str, **how: Any) -> Scenario:
    """A few of the requests meet the trouble; the learner runs a cell again that raised."""
    return Scenario(upset=strike(kind, times=3, share=1 / 9, **how), attempts=4, checks=IN_TROUBLE)


SCENARIOS = {
    "lag-0.3": Scenario(0.3),
    "lag-2": Scenario(2.0),
    "lag-5": Scenario(5.0),
    "storm": Scenario(upset=strike("busy", times=None, share=0.2)),
    "lag-storm": Scenario(2.0, strike("busy", times=None, share=0.2)),
    "unavailable": now_and_then("unavailable"),
    "page": now_and_then("page"),
    "dropped": now_and_then("dropped"),
    "lost": now_and_then("lost"),
    "slow": Scenario(upset=strike("slow", times=5, share=1 / 7, seconds=3.0)),
    "no-filter": Scenario(upset=ignore_names),
    "delete-fails": Scenario(upset=strike("unavailable", method="DELETE"), attempts=4, checks=IN_TROUBLE),
    "delete-lost": Scenario(upset=strike("lost", method="DELETE"), attempts=4, checks=IN_TROUBLE),
}


@dataclass(frozen=True)
class Row:
    """One lesson in one scenario."""

    lesson: Path
    tunnel: bool
    name: str
    scenario: Scenario

    def play(self) -> list[str]:
        """Run it, and return what was wrong."""
        wanted = self.scenario
        plays = [
            Play(self.lesson, self.tunnel, wanted.attempts, wanted.killed_after, cell_seconds=180)
            for _ in range(wanted.learners)
        ]
        try:
            performances = perform(*plays, lag_seconds=wanted.lag_seconds, upset=wanted.upset)
        except Exception as error:
            return [f"it could not be run: {type(error).__name__}: {error}"]
        return [fault for performance in performances for check in wanted.checks for fault in check(performance)]


def rows(lessons: list[Path], names: list[str]) -> Iterator[Row]:
    """All lessons in all scenarios, and each killed after each of its cells."""
    for lesson in lessons:
        for tunnel in (True, False):
            yield from (Row(lesson, tunnel, name, SCENARIOS[name]) for name in names if name in SCENARIOS)
        if "together" in names:  # without a tunnel: an account has one domain, and one kernel has it
            yield Row(lesson, False, "together", Scenario(0.3, learners=2))
        if "killed" in names:
            for cell in code_cells(read(lesson)):
                killed = Scenario(0.3, checks=KILLED, killed_after=cell.id)
                yield Row(lesson, True, f"killed after {cell.id}", killed)


def main(arguments: list[str] | None = None) -> int:
    """Print the matrix; return 1 if anything was wrong."""
    every = [*SCENARIOS, "together", "killed"]
    parser = argparse.ArgumentParser(prog="python -m tests.contract.matrix", description=__doc__)
    parser.add_argument("--lessons", nargs="*", help="numbers of lessons, 04 for instance; all of them by default")
    parser.add_argument("--only", nargs="*", choices=every, default=every, help="all of them by default")
    options = parser.parse_args(arguments)
    lessons = [path for path in lesson_paths() if options.lessons is None or path.name[:2] in options.lessons]
    wrong = 0
    with make_pool() as pool:
        plays = list(rows(lessons, options.only))
        for row, (seconds, faults) in zip(plays, pool.map(_timed, plays), strict=True):
            wrong += bool(faults)
            verdict = "FAULTS" if faults else "ok"
            door = "tunnel" if row.tunnel else "alone"
            print(f"{row.lesson.stem[:2]}  {door:<6}  {row.name:<30}  {seconds:5.1f} s  {verdict}", flush=True)
            for fault in faults:
                print(*(f"      {line}" for line in fault.splitlines()), sep="\n", flush=True)
    print(f"{len(plays)} runs, {wrong} with faults")
    return 1 if wrong else 0


def _timed(row: Row) -> tuple[float, list[str]]:
    began = time.monotonic()
    faults = row.play()
    return time.monotonic() - began, faults


if __name__ == "__main__":
    sys.exit(main())
