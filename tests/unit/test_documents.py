"""Documents say what is so, and their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import start
from tests.cell_failures import how_to_store
from tests.notebooks.generated import README, lesson_paths, with_lessons

ROOT = Path(__file__).resolve().parents[2]
ABOUT_THE_PROJECT = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
OTHERS = [ROOT / name for name in ("CHANGELOG.md", "SECURITY.md", "CODE_OF_CONDUCT.md")]
DOCUMENTS = [*ABOUT_THE_PROJECT, *OTHERS, ROOT / "helpers/emulator/README.md", *DOCS]


def name(path: Path) -> str:
    """Path within the project, for a test's id."""
    return path.relative_to(ROOT).as_posix()


def links(path: Path) -> list[tuple[Path, str]]:
    """Files of the project that a document links to, each with the heading's anchor or nothing."""
    found = re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", path.read_text(encoding="utf-8"))
    return [((path.parent / target).resolve() if target else path, anchor) for target, anchor in found]


def anchors(path: Path) -> set[str]:
    """Anchors that GitHub makes of a document's headings."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path):
    """Every link finds its file in the project, and the heading in it."""
    missing = [f"{target}#{anchor}" for target, anchor in links(path) if not target.exists()]
    headless = [f"{target}#{anchor}" for target, anchor in links(path) if anchor and anchor not in anchors(target)]

    assert missing == headless == []


def test_every_document_can_be_found():
    """From the README, links lead to every document below `docs`."""
    found, new = set(), {ROOT / "README.md"}
    while new:
        found |= new
        new = {target for path in new for target, _ in links(path) if target in DOCUMENTS} - found

    assert set(DOCS) - found == set()


@pytest.mark.parametrize("path", ABOUT_THE_PROJECT, ids=name)
def test_commands_are_those_of_start(path):
    """Each `python start.py` command that a document names is one that start.py's own help names."""
    named = set(re.findall(r"python start\.py ([a-z][a-z-]*)", path.read_text(encoding="utf-8")))

    assert named
    assert named <= set(re.findall(r"python start\.py ([a-z][a-z-]*)", start.__doc__))


def test_table_of_lessons_is_filled_in():
    """The README lists every lesson, in order, by its title, with its minutes and its goal: as refreshing writes it."""
    readme = README.read_text(encoding="utf-8")

    assert all(f"](notebooks/{path.name}) |" in readme for path in lesson_paths()), how_to_store(README)
    assert with_lessons(readme) == readme, how_to_store(README)
