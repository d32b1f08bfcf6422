"""README and CONTRIBUTING say what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import start
from tests.notebooks.generated import README, lesson_paths, with_lessons

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")]
PACKAGE_README = ROOT / "helpers/emulator/README.md"


@pytest.mark.parametrize("path", [*DOCUMENTS, PACKAGE_README], ids=lambda path: path.parent.name + "/" + path.name)
def test_links_lead_somewhere(path):
    """Every link to a file of the project finds it."""
    targets = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (path.parent / target).exists()]

    assert targets
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_are_those_of_start(path):
    """Each `python start.py` command that a document names is one that start.py's own help names."""
    named = set(re.findall(r"python start\.py ([a-z][a-z-]*)", path.read_text(encoding="utf-8")))

    assert named
    assert named <= set(re.findall(r"python start\.py ([a-z][a-z-]*)", start.__doc__))


def test_table_of_lessons_is_filled_in():
    """The README lists every lesson, in order, by its title, with its minutes and its goal: as refreshing writes it."""
    readme = README.read_text(encoding="utf-8")

    assert all(f"](notebooks/{path.name}) |" in readme for path in lesson_paths())
    assert with_lessons(readme) == readme
