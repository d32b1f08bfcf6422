"""Which step of which lesson makes a name: read from the notebooks themselves."""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .settings import PROJECT

__all__ = ["NOTEBOOKS", "Lesson", "Step", "have_run", "lesson", "lesson_of", "lessons", "names_made", "step_making"]

NOTEBOOKS = PROJECT / "notebooks"
BEGINNING = "the beginning"
"""What the cells before the first heading are called."""

_HEADING = re.compile(r"^#{1,2} +(.+?) *$", re.MULTILINE)
_CELL_MAGIC = re.compile(r"^%%.*?--out[ =](\w+)")
_LINE_MAGIC = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """The cells under one heading of a notebook."""

    heading: str
    sources: tuple[str, ...]
    names: frozenset[str]
    """Every name the cells make, imports included."""


@dataclass(frozen=True)
class Lesson:
    """One numbered notebook."""

    number: int
    title: str
    file_name: str
    steps: tuple[Step, ...]


def lessons(folder: Path = NOTEBOOKS) -> tuple[Lesson, ...]:
    """All numbered notebooks of ``folder`` in order; one that cannot be read is left out."""
    found = (_read(path, path.stat().st_mtime_ns) for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")))
    return tuple(lesson for lesson in found if lesson is not None)


def lesson(number: int, folder: Path = NOTEBOOKS) -> Lesson | None:
    """The lesson of this number, if there is one."""
    return next((lesson for lesson in lessons(folder) if lesson.number == number), None)


def step_making(name: str, steps: Iterable[Step]) -> Step | None:
    """The first step whose cells make ``name``."""
    return next((step for step in steps if name in step.names), None)


def lesson_of(history: Sequence[str], among: Sequence[Lesson]) -> Lesson | None:
    """The lesson that the cells run so far belong to: the latest cell that only one lesson holds tells.

    Where no cell tells, the notebook's file name does, which Jupyter's server gives to the kernel.
    """
    for source in reversed(history):
        found = [lesson for lesson in among if any(source.strip() in step.sources for step in lesson.steps)]
        if len(found) == 1:
            return found[0]
    opened = Path(os.environ.get("JPY_SESSION_NAME", "")).name
    return next((lesson for lesson in among if lesson.file_name == opened), None)


def have_run(lesson: Lesson, history: Sequence[str]) -> list[bool]:
    """For each step of ``lesson`` whether a cell of it ran since the lesson's own ``catch_up`` undid what ran before.

    Args:
        history: the cells run so far, oldest first.
    """
    beginnings = [place for place, source in enumerate(history) if f"catch_up({lesson.number})" in source]
    ran = {source.strip() for source in history[beginnings[-1] if beginnings else 0 :]} - {""}
    return [bool(ran & set(step.sources)) for step in lesson.steps]


def names_made(source: str) -> frozenset[str]:
    """The names a cell makes: assignments, loops, imports, functions, classes, ``%%bash --out NAME``.

    What ``connection.export(NAME=...)`` gives to shell scripts counts as well.
    """
    if magic := _CELL_MAGIC.match(source):
        return frozenset({magic[1]})
    try:
        tree = ast.parse(_LINE_MAGIC.sub(r"\1pass", source))
    except SyntaxError:
        return frozenset()
    return frozenset(name for node in tree.body for name in _made_by(node))


def _made_by(statement: ast.stmt) -> Iterable[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    made: list[str] = []
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.append(node.id)
        elif isinstance(node, ast.alias):
            made.append((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "export":
            made += [keyword.arg for keyword in node.keywords if keyword.arg]
    return made


@lru_cache(maxsize=64)
def _read(path: Path, _modified_ns: int) -> Lesson | None:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        steps = tuple(_steps(cells))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Lesson(int(path.name[:2]), steps[0].heading if steps else path.stem, path.name, steps)


def _steps(cells: Iterable[dict[str, Any]]) -> Iterable[Step]:
    heading, sources = BEGINNING, list[str]()
    for cell in cells:
        source = "".join(cell["source"]).strip()
        if cell["cell_type"] == "code":
            sources.append(source)
        elif cell["cell_type"] == "markdown" and (found := _HEADING.search(source)):
            if heading != BEGINNING or sources:
                yield _step(heading, sources)
            heading, sources = found[1], []
    yield _step(heading, sources)


def _step(heading: str, sources: list[str]) -> Step:
    return Step(heading, tuple(sources), frozenset().union(*map(names_made, sources)))
