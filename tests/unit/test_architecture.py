"""docs/architecture.md and CONTRIBUTING show the house as it is."""

from __future__ import annotations

import re
import subprocess
import sys

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


def test_a_request_takes_the_way_that_is_shown():
    """What the page says of a request's way, function by function, is what runs, in that order."""
    shown = re.findall(r"^\| `([\w/]+\.py)` \| `([\w.]+)` \|", PAGE.read_text(encoding="utf-8"), re.M)
    command = [sys.executable, "-m", "tests.unit.request_path"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    order = [tuple(line.split()) for line in ran.splitlines()]

    assert len(shown) > 30
    assert [each for each in shown if each not in order] == []
    assert shown == sorted(shown, key=order.index)
