"""Lessons of this kernel, read from the notebooks: the learner's own copies first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from helpers.ground.choice import current_ground
from helpers.lessons.lesson_steps import Cell, Lesson, Step, find_names, find_step
from helpers.settings import PROJECT

__all__ = ["BEGINNING", "NOTEBOOKS", "read_lessons"]

NOTEBOOKS = PROJECT / "notebooks"
NOTEBOOKS_WITH_ANSWERS = "solutions"
"""Name of the folder of notebooks that aren't lessons, with the lessons' file names."""
BEGINNING = "the beginning"
"""Heading of the cells before the first heading."""

_HEADING = re.compile(r"^#{1,2} +(.+?) *$", re.MULTILINE)
_EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def read_lessons(folder: Path | None = None) -> tuple[Lesson, ...]:
    """Return all numbered notebooks of ``folder`` in order, without those that can't be read.

    Args:
        folder: by default that of this kernel's notebook, which can be a copy, or the one above it. A lesson that isn't
            there is read from ``NOTEBOOKS``.
    """
    if folder is not None:
        return tuple(_read_folder(folder))
    found = {lesson.file_name: lesson for lesson in _read_folder(NOTEBOOKS)}
    for opened in current_ground().notebook_folders():
        near = (each for each in (opened, opened.parent) if each.name != NOTEBOOKS_WITH_ANSWERS)
        for lessons in map(_read_copies, near):
            if lessons:
                return tuple(each for _, each in sorted({**found, **lessons}.items()))
    return tuple(found.values())


def _read_copies(folder: Path) -> dict[str, Lesson]:
    """Return the lessons in ``folder`` by file name; a numbered notebook that doesn't import ``connect`` is none."""
    lessons = _read_folder(folder)
    return {lesson.file_name: lesson for lesson in lessons if find_step("connect", lesson.steps)}


def _read_folder(folder: Path) -> Iterator[Lesson]:
    for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")):
        if path.is_file() and (lesson := _read(path, path.stat().st_mtime_ns)):
            yield lesson


@lru_cache(maxsize=64)
def _read(path: Path, _modified_ns: int) -> Lesson | None:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        steps = tuple(_steps(cells))
    except (OSError, ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return None
    title = steps[0].heading if steps else path.stem
    return Lesson(int(path.name[:2]), title, path.name, steps, _examples(cells))


def _steps(cells: Iterable[dict[str, Any]]) -> Iterator[Step]:
    heading, code, ids = BEGINNING, list[Cell](), set[str]()
    for cell in cells:
        source = _source(cell).strip()
        if cell["cell_type"] == "code":
            if "aside" not in cell.get("metadata", {}).get("tags", []):  # the board: no step needs it
                code.append(_code(cell, source))
        elif cell["cell_type"] == "markdown" and (found := _HEADING.search(source)):
            if heading != BEGINNING or code:
                yield _step(heading, code, ids)
            heading, code, ids = found[1], [], set()
        ids.add(cell.get("id", ""))
    yield _step(heading, code, ids)


def _source(cell: dict[str, Any]) -> str:
    r"""Return the text of a cell, with ``?`` for half a surrogate pair (``\ud83d``): JSON can have it, UTF-8 can't."""
    return "".join(cell["source"]).encode(errors="replace").decode()


def _examples(cells: Iterable[dict[str, Any]]) -> frozenset[str]:
    texts = (_source(cell) for cell in cells if cell["cell_type"] == "markdown")
    return frozenset().union(*(find_names(code) for text in texts for code in _EXAMPLE.findall(text)))


def _code(cell: dict[str, Any], source: str) -> Cell:
    metadata = cell.get("metadata", {})
    raises = "raises-exception" in metadata.get("tags", [])
    return Cell(cell.get("id", ""), source, str(metadata.get("exercise", "")), raises)


def _step(heading: str, cells: list[Cell], ids: set[str]) -> Step:
    names = frozenset().union(*(find_names(cell.source) for cell in cells))
    return Step(heading, tuple(cells), names, frozenset(ids))
