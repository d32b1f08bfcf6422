"""Steps of the lessons with their cells, and the result of each cell in this kernel."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from helpers.lessons.cell_runs import Run

__all__ = [
    "Cell",
    "Lesson",
    "Step",
    "find_latest_step",
    "find_lesson",
    "find_names",
    "find_step",
    "judge_cells",
]


Outcome = Literal[
    "ran",
    "failed",
    "needs this kernel's emulator",
    "needs a clock that can be advanced",
    "needs an ngrok authtoken",
    "needs the emulator's phone",
    "needs an app that Twilio can reach",
]
"""Result of a cell's run; those that begin with "needs" say why it was passed over."""

_CELL_MAGIC = re.compile(r"^%%.*?--out[ =](\w+)")
_LINE_MAGIC = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)
_NAME_GIVEN = re.compile(r"^(?:def\s+(\w+)|(\w+)\s*=(?!=))", re.MULTILINE)
_MEANT: dict[str, Outcome] = {
    "TwilioRestException": "ran",
    "TunnelLost": "ran",
    "AppStopped": "ran",
    "AppUnreachable": "needs an app that Twilio can reach",
    "NoLessonClock": "needs a clock that can be advanced",
    "NoSimulatedCall": "needs the emulator's phone",
    "LabIsLocal": "needs this kernel's emulator",
    "NoHistory": "needs this kernel's emulator",
    "TokenMissing": "needs an ngrok authtoken",
}
"""Outcomes of a cell with the tag ``raises-exception``, by the error: it shows one, or needs what isn't there."""


@dataclass(frozen=True)
class Cell:
    """Code cell of a notebook."""

    cell_id: str
    source: str
    exercise: str = ""
    """Number of the exercise that is answered here, such as "3.1"."""
    raises: bool = False
    """True if the cell has the tag ``raises-exception``."""


@dataclass(frozen=True)
class Step:
    """Code cells under one heading of a notebook."""

    heading: str
    cells: tuple[Cell, ...]
    names: frozenset[str]
    """Names that the cells define, imports included."""
    cell_ids: frozenset[str] = frozenset()
    """Ids of all its cells, texts included."""

    @property
    def exercise(self) -> str:
        """The number of its exercise; empty if it has none."""
        return next((cell.exercise for cell in self.cells if cell.exercise), "")


@dataclass(frozen=True)
class Lesson:
    """Numbered notebook."""

    number: int
    title: str
    file_name: str
    steps: tuple[Step, ...]
    examples: frozenset[str] = frozenset()
    """Names that Python examples in its text define."""

    @property
    def cells(self) -> list[Cell]:
        """Its code cells from top to bottom."""
        return [cell for step in self.steps for cell in step.cells]


def find_step(name: str, steps: Iterable[Step]) -> Step | None:
    """Return the first step whose cells define ``name``, or None."""
    return next((step for step in steps if name in step.names), None)


def find_lesson(history: Sequence[Run], among: Sequence[Lesson]) -> Lesson | None:
    """Return the lesson that the runs belong to: the one with the latest cell that no other lesson has.

    If there is no such cell, the notebook's file name decides, which Jupyter's server passes to the kernel.
    """
    by_id = _has_ids(history, among)
    for run in reversed(history):
        found = [lesson for lesson in among if _cell_of(run, lesson, by_id)]
        if len(found) > 1:  # all have cells with the ids "setup" and "start"; "start" differs in its text
            found = [lesson for lesson in found if _cell_of(run, lesson, by_id=False)]
        if len(found) == 1:
            return found[0]
    opened = Path(os.environ.get("JPY_SESSION_NAME", "")).name
    return next((lesson for lesson in among if lesson.file_name == opened), None)


def find_latest_step(lesson: Lesson, history: Sequence[Run]) -> Step | None:
    """Return the step of the cell of ``lesson`` that ran last, or None if none of them ran."""
    by_id = _has_ids(history, [lesson])
    cell = next((cell for run in reversed(history) if (cell := _cell_of(run, lesson, by_id))), None)
    return next((step for step in lesson.steps if cell in step.cells), None)


def judge_cells(lesson: Lesson, history: Sequence[Run]) -> dict[Cell, Outcome]:
    """Return the outcome of each cell's latest run, without cells that didn't run.

    The lesson's own ``catch_up`` undoes what later cells did, so their earlier runs don't count.

    Args:
        history: the runs of this kernel, oldest first.
    """
    by_id = _has_ids(history, [lesson])
    cells = lesson.cells
    start = next((cell for cell in cells if f"catch_up({lesson.number})" in cell.source), None)
    found: dict[Cell, Outcome] = {}
    for run in history:
        cell = _cell_of(run, lesson, by_id)
        if cell is None:
            continue
        if cell == start and not run.error:
            found = {each: end for each, end in found.items() if cells.index(each) < cells.index(start)}
        found[cell] = (_MEANT.get(run.error, "failed") if cell.raises else "failed") if run.error else "ran"
    return found


def _has_ids(history: Sequence[Run], among: Sequence[Lesson]) -> bool:
    """Return True if the front end sends cell ids, so that equal text in another notebook doesn't count."""
    known = {cell.cell_id for lesson in among for cell in lesson.cells}
    return any(run.cell_id in known for run in history)


def _cell_of(run: Run, lesson: Lesson, by_id: bool) -> Cell | None:
    """Return the cell of ``lesson`` that ran, or None: the one with its id or, without ids, with its text."""
    source = run.source.strip()
    same = (cell for cell in lesson.cells if (cell.cell_id == run.cell_id if by_id else cell.source == source))
    return next(same, None)


def find_names(source: str) -> frozenset[str]:
    """Return the names that a cell defines: assignments, loops, imports, functions, classes, ``%%bash --out NAME``.

    The names that ``connection.export(NAME=...)`` gives to shell scripts count too. In a cell that isn't
    valid Python, each ``name =`` and ``def name`` at the start of a line counts. A cell with ``%%app`` defines none: it
    is written into a file.
    """
    if source.startswith("%%app "):
        return frozenset()
    if magic := _CELL_MAGIC.match(source):
        return frozenset({magic[1]})
    try:
        tree = ast.parse(_LINE_MAGIC.sub(r"\1pass", source))
    except SyntaxError:
        return frozenset(function or name for function, name in _NAME_GIVEN.findall(source))
    return frozenset(name for node in tree.body for name in _made_by(node))


def _made_by(statement: ast.stmt) -> Iterable[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    made: list[str] = []
    if isinstance(statement, ast.AnnAssign) and statement.value is None:
        return made  # `name: type` defines nothing
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.append(node.id)
        elif isinstance(node, ast.alias):
            made.append((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "export":
            made += [keyword.arg for keyword in node.keywords if keyword.arg]
    return made
