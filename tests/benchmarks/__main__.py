"""Every benchmark, and a report of them: ``python -m tests.benchmarks`` writes docs/benchmarks.md."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.benchmarks import giving_way, latency, redrawing, scaling, starting, throughput
from tests.benchmarks.figures import FULL, Figure, Size
from tests.benchmarks.processes import ROOT
from tests.benchmarks.report import page

__all__ = ["main", "measure_all"]

_CHAPTERS = {
    "Requests": throughput.measure,
    "Reservations": latency.measure,
    "Starting": starting.measure,
    "Many Tasks": scaling.measure,
    "Giving way": giving_way.measure,
    "The portal": redrawing.measure,
}


def measure_all(size: Size) -> dict[str, list[Figure]]:
    """The figures by chapter; says on the way what is being measured."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for title, measure in _CHAPTERS.items():
            print(f"{title} …", flush=True)
            found[title] = measure(size, Path(folder))
    return found


def main() -> int:
    """Write the report; 1 if a limit is not kept."""
    chapters = measure_all(FULL)
    report = ROOT / "docs" / "benchmarks.md"
    report.write_text(page(chapters, FULL), encoding="utf-8")
    print(report.read_text(encoding="utf-8"))
    return int(any(figure.holds is False for figures in chapters.values() for figure in figures))


if __name__ == "__main__":
    raise SystemExit(main())
