"""What stands in two places, because two packages are built from this project, stands there alike."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from tests.packages.environments import EMULATOR, NOTEBOOKS


def ranges(folder: Path) -> dict[str, Requirement]:
    """Every distribution that a project names, and what it says of it."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return {line.name: line for line in map(Requirement, sum(extras, project["dependencies"]))}


def test_ranges_are_equal():
    """What the emulator needs, the notebooks need as well, in the same versions."""
    notebooks, emulator = ranges(NOTEBOOKS), ranges(EMULATOR)

    assert emulator == {name: notebooks.get(name) for name in emulator}


def test_licence_is_the_projects():
    """A package carries the licence's text itself."""
    assert (EMULATOR / "LICENSE").read_bytes() == (NOTEBOOKS / "LICENSE").read_bytes()
