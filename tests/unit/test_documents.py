"""README and CONTRIBUTING say what is so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    """Every link to a file of the project finds it."""
    targets = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (ROOT / target).exists()]

    assert targets
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_are_those_of_start(path):
    """Each `python start.py` command that a document names is one that start.py's own help names."""
    named = set(re.findall(r"python start\.py ([a-z]+)", path.read_text(encoding="utf-8")))

    assert named
    assert named <= set(re.findall(r"python start\.py ([a-z]+)", start.__doc__))


def test_table_of_notebooks_is_complete():
    """The README lists every lesson, in order, by its title and with the minutes it names itself."""
    rows = re.findall(
        r"^\| \[(\d\d) ([^]]+)\]\(([^)]+)\) \| (\d+) \| (\d+) \|", DOCUMENTS[0].read_text(encoding="utf-8"), re.M
    )
    lessons = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))

    assert rows == [row_of(lesson) for lesson in lessons]


def row_of(lesson: Path) -> tuple[str, ...]:
    """Number, title, path and minutes, alone and in a room, as the lesson's first cell gives them."""
    text = "".join(json.loads(lesson.read_text(encoding="utf-8"))["cells"][0]["source"])
    title = re.search(r"^# (.+)$", text, re.M)[1]
    return lesson.name[:2], title, lesson.relative_to(ROOT).as_posix(), *re.findall(r"(\d+) minutes", text)
