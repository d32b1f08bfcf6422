"""Rehearsal on this machine: ``python start.py rehearse --learners 30 [--lessons 00 03 04]``."""

from __future__ import annotations

import argparse
import asyncio
import io
import signal
import sys
import time
from collections.abc import Sequence

import start
from deploy.lessons import lesson_paths
from deploy.rehearsal.carelessness import KINDS
from deploy.rehearsal.local_server import local_server
from deploy.rehearsal.seat import Result, Seat
from deploy.rehearsal.table import HEADER, row, summary

__all__ = ["end_as_interrupted", "main", "read_options", "rehearse"]

MOST = 200
"""Learners; more are no room, and more than a machine has memory for."""
DEFAULT_LESSONS = ["00", "01", "02", "03", "04", "05"]


def main(arguments: list[str]) -> int:
    """Rehearse with scripted learners; return 1 if a seat failed."""
    options = read_options(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # an error's text can have letters that a console can't show
    end_as_interrupted()
    try:
        return asyncio.run(run(options.learners, options.lessons, careful=options.careful))
    except start.SetupError as error:
        print(f"rehearse: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("rehearse: Stopped. The server and all kernels have ended.", file=sys.stderr)
    return 1


def end_as_interrupted() -> None:
    """Let every signal that ends a program end this one as Ctrl+C does, so that it ends what it started."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have switched it off in the background
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: signal.raise_signal(signal.SIGINT))


def read_options(arguments: list[str], program: str = "python start.py rehearse") -> argparse.Namespace:
    """Return ``learners``, ``lessons`` (names of files) and ``careful``; a wrong value ends the program."""
    parser = argparse.ArgumentParser(program, description=__doc__.partition(":")[0] + ".")
    parser.add_argument("--learners", type=int, default=10, help=f"from 1 to {MOST} (default: 10)")
    parser.add_argument("--lessons", nargs="+", default=DEFAULT_LESSONS, metavar="NUMBER", help="default: 00 to 05")
    parser.add_argument("--careful", action="store_true", help="no careless learners")
    options = parser.parse_args(arguments)
    if not 1 <= options.learners <= MOST:
        parser.error(f"{options.learners} learners: the number is from 1 to {MOST}")
    known = {path.name[:2]: path for path in lesson_paths()}
    wanted = list(dict.fromkeys(number.zfill(2) for number in options.lessons))
    if unknown := [number for number in wanted if number not in known]:
        parser.error(f"there's no lesson {' '.join(unknown)}: they are {' '.join(known)}")
    options.lessons = [known[number].name for number in wanted]
    return options


async def run(learners: int, lessons: Sequence[str], *, careful: bool) -> int:
    """Start a server, let the learners do the lessons at once, and print the table; return an exit code."""
    labels = [f"{number:02}" for number in range(1, learners + 1)]
    kinds = ["careful"] if careful else KINDS
    start.say(f"starting a Jupyter server for {learners} learners; Ctrl+C ends it")
    began = time.monotonic()
    async with local_server(labels) as server:
        print(HEADER)
        seats = [Seat(label, kinds[index % len(kinds)], server) for index, label in enumerate(labels)]
        results = await rehearse({seat: [f"{seat.label}/{name}" for name in lessons] for seat in seats})
    print(summary(results, time.monotonic() - began))
    return int(any(each.failure for each in results))


async def rehearse(plan: dict[Seat, list[str]]) -> list[Result]:
    """Let all seats do their lessons at once, each one after another, and print a row for each."""

    async def do_all(seat: Seat, paths: list[str]) -> list[Result]:
        results = []
        for path in paths:
            results.append(await seat.do(path))
            print(row(results[-1]), flush=True)
        return results

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(do_all(seat, paths)) for seat, paths in plan.items()]
    return [result for task in tasks for result in task.result()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
