"""What stands in two places, because two packages are built from this project, stands there alike."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packages.environments import EMULATOR, NOTEBOOKS


def ranges(folder: Path) -> dict[str, Requirement]:
    """Every distribution that a project names, and what it says of it."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return {line.name: line for line in map(Requirement, sum(extras, project["dependencies"]))}


def imported(folder: Path) -> Iterator[str]:
    """Names of the packages that the code in a folder imports from elsewhere, Python's own left out."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names.append(node.module)
            yield from {name.split(".")[0] for name in names} - sys.stdlib_module_names


def test_package_asks_for_what_it_imports():
    """No more and no less than that, but for parts of uvicorn that it serves with, and what twilio brings along."""
    brought = {"aiohttp", "certifi", "pytest", "requests", "urllib3"}
    owners = packages_distributions()
    used = {canonicalize_name(owners[name][0]) for name in imported(EMULATOR)}

    assert used | {"httptools", "uvloop", "websockets"} == ranges(EMULATOR).keys() | brought


def test_ranges_are_equal():
    """What the emulator needs, the notebooks need as well, in the same versions."""
    notebooks, emulator = ranges(NOTEBOOKS), ranges(EMULATOR)

    assert emulator == {name: notebooks.get(name) for name in emulator}


def test_licence_is_the_projects():
    """A package carries the licence's text itself."""
    assert (EMULATOR / "LICENSE").read_bytes() == (NOTEBOOKS / "LICENSE").read_bytes()
