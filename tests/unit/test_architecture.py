"""docs/architecture.md and CONTRIBUTING show the house as it is."""

from __future__ import annotations

import re

from tests.unit.rooms import PAGE, ROOT, SECTION, rooms


def test_rooms_are_as_shown():
    """The tree of rooms is made from the packages' docstrings; `python -m tests.unit.rooms` writes it."""
    assert SECTION.findall(PAGE.read_text(encoding="utf-8")) == [rooms()]


def test_files_that_documents_name_exist():
    """Each path of the project that CONTRIBUTING or the page on architecture names is there."""
    named = {
        path
        for page in (PAGE, ROOT / "CONTRIBUTING.md")
        for path in re.findall(r"`((?:helpers|tests|docs|notebooks)/[\w/.]+)`", page.read_text(encoding="utf-8"))
    }

    assert len(named) > 10
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
