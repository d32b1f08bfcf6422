"""Table of a rehearsal: a line as each seat ends a lesson, and a summary."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from statistics import median

from deploy.rehearsal.seat import Result

__all__ = ["HEADER", "row", "summary"]

HEADER = f"{'seat':<9}{'lesson':<8}{'seconds':>7}{'memory':>9}  result"


def row(result: Result) -> str:
    """Return one line of the table, as wide as the terminal unless it tells a failure."""
    memory = f"{result.memory / 1e6:.0f} MB" if result.memory else ""
    line = f"{result.seat:<9}{result.lesson:<8}{result.seconds:>7.1f}{memory:>9}  {result.told}"
    width = shutil.get_terminal_size((120, 24)).columns
    return line if result.failure or len(line) <= width else f"{line[: width - 1]}…"


def summary(results: Sequence[Result], seconds: float) -> str:
    """Return what all seats did, in two or three lines."""
    failed = [each for each in results if each.failure]
    lessons: dict[str, list[float]] = {}
    for each in results:
        if each.kind == "careful":
            lessons.setdefault(each.lesson, []).append(each.seconds)
    medians = ", ".join(f"{lesson} {median(times):.0f} s" for lesson, times in sorted(lessons.items()))
    told = "1 lesson" if len(results) == 1 else f"{len(results)} lessons"
    lines = [f"{told} in {seconds:.0f} s, {len(failed) or 'none'} failed."]
    if medians:
        lines.append(f"A lesson of a careful seat, median: {medians}.")
    if failed:
        seats = ", ".join(sorted({each.seat for each in failed}))
        lines.append(f"Seats to look at: {seats}. Open the lesson named, and run the cell named there.")
    return "\n".join(lines)
