"""Lessons as lists of them show each: title, minutes and goal, which their notebooks say."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import start

__all__ = [
    "ALONE",
    "NOTEBOOKS",
    "Lesson",
    "NotebookUnfit",
    "browser_link",
    "describe_lesson",
    "lesson_paths",
    "minutes",
    "read_lessons",
    "title",
]

NOTEBOOKS = start.ROOT / "notebooks"
PROJECT = start.ROOT / "pyproject.toml"
ALONE = (
    "*Is `helpers` missing? This notebook needs its project: get the whole folder and run `python start.py` there, or "
    "run `%pip install` with the folder's path here.*"
)
"""Line above a set-up cell, for somebody who has one notebook alone, in a mail or in VS Code for instance."""


class NotebookUnfit(Exception):
    """A notebook that is missing, or lacks what others are made from; the text says which, and what to do."""


class Lesson(NamedTuple):
    """Lesson as a row of a table, or a card."""

    path: Path
    title: str
    alone: int
    """Minutes that it takes somebody alone."""
    in_a_room: int
    """Minutes that it takes a room."""
    goal: str

    @property
    def number(self) -> str:
        """Number of two digits."""
        return self.path.name[:2]


def lesson_paths() -> list[Path]:
    """Return the numbered notebooks in their order."""
    return sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))


def read_lessons() -> list[Lesson]:
    """Return all lessons in their order."""
    return [describe_lesson(path, json.loads(path.read_text(encoding="utf-8"))) for path in lesson_paths()]


def describe_lesson(path: Path, notebook: Mapping[str, Any]) -> Lesson:
    """Return the lesson that ``notebook`` is, as it stands in ``path`` or is going to.

    Raises:
        NotebookUnfit: it has no title, minutes or goal.
    """
    try:
        goal = _source(notebook, "goal").replace("\n", " ").removeprefix("**What you will do.** ")
        return Lesson(path, title(notebook), *minutes(notebook), goal)
    except NotebookUnfit as problem:
        raise NotebookUnfit(f"{path.name} isn't a lesson yet: {problem}") from None


def title(notebook: Mapping[str, Any]) -> str:
    """Return a lesson's title, without its number."""
    return _source(notebook, "title").splitlines()[0].removeprefix("# ")


def minutes(notebook: Mapping[str, Any]) -> tuple[int, int]:
    """Return how long a lesson takes somebody alone, and a room, as its title cell says."""
    pattern = r"^About (\d+) minutes alone · (\d+) minutes in a room"
    found = re.search(pattern, _source(notebook, "title"), re.MULTILINE)
    if not found:
        raise NotebookUnfit("write the line “About 20 minutes alone · 30 minutes in a room” into its cell `title`.")
    return int(found[1]), int(found[2])


def browser_link(path: Path) -> str:
    """Return a link to a lesson of the published site, with a dot before it; nothing if PROJECT names no address."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    address = project.get("urls", {}).get("Lessons in a browser", "").rstrip("/")
    return f" · [Open in your browser]({address}/notebooks/index.html?path={path.name})" if address else ""


def _source(notebook: Mapping[str, Any], cell_id: str) -> str:
    """Return the text of a cell, which a file has as a list of lines."""
    found = next(("".join(cell["source"]) for cell in notebook["cells"] if cell["id"] == cell_id), "")
    if not found:
        raise NotebookUnfit(f"give it a cell with the id `{cell_id}`, as the other lessons have.")
    return found
