"""Figures as a page of Markdown."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import psutil

from tests.benchmarks.figures import Figure, Size

__all__ = ["page"]

_HEAD = """\
# Benchmarks

Made by `.venv/bin/python -m tests.benchmarks`, on {day}.

- Machine: {machine}.
- Load average during the run: {load}. Above one or two, other programs were running too. Then look at the
  ratios, not at the times: what is compared takes turns.
- Floors: the smallest Starlette application on `uvicorn[standard]` that answers a canned Task (*canned*), and the same
  with one SQLite commit for each request (*committing*). Both send the response headers that Twilio sends.
- Figures are medians of {rounds} rounds.
- Not reached: the goals for creating a Task, 0.8 through the SDK and 0.45 at 8 connections. The floor inserts a row.
  The emulator routes a Task and stores it with its four events, with checksums, and with a note of what was
  acknowledged beside the file. That takes about five hundred calls of Python functions, and no single one takes much
  of the time. The limits show when it gets worse.
"""

_COLUMNS = "| figure | measured | limit | holds | made of |\n| --- | ---: | ---: | :---: | --- |\n"


def page(chapters: Mapping[str, Sequence[Figure]], size: Size) -> str:
    """The whole page; nothing in it names the machine, or a path on it."""
    head = _HEAD.format(
        day=datetime.now(UTC).date(),
        machine=_machine(),
        rounds=size.rounds,
        load=f"{os.getloadavg()[1]:.1f}" if hasattr(os, "getloadavg") else "unknown",
    )
    tables = (f"\n## {title}\n\n{_COLUMNS}{''.join(map(_row, figures))}" for title, figures in chapters.items())
    return head + "".join(tables)


def _machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def _row(figure: Figure) -> str:
    sign = "≥" if figure.at_least else "≤"
    limit = "" if figure.limit is None else f"{sign} {figure.limit:g}"
    holds = {True: "yes", False: "**no**", None: ""}[figure.holds]
    return f"| {figure.name} | {_number(figure.value)} {figure.unit} | {limit} | {holds} | {figure.detail} |\n"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value < 10 else f"{value:.1f}"
