"""The trees that docstrings draw of errors are those of the classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import helpers

ROOT = Path(__file__).resolve().parents[2]

# Which modules' classes each tree has; a longer name takes its own out of a shorter one's.
HOMES = {
    "helpers.errors": "helpers",
    "helpers.emulator.emulator_errors": "helpers.emulator",
    "helpers.emulator.engine.model.refusals": "helpers.emulator.engine.model.refusals",
    "helpers.emulator.api.http.rest_errors": "helpers.emulator.api.http.rest_errors",
}
REFUSALS = [name for name, home in HOMES.items() if name == home]


def test_every_tree_is_looked_at():
    """No docstring draws a tree of errors that is not compared here."""
    drawing = {path for path in (ROOT / "helpers").rglob("*.py") if "├── " in path.read_text(encoding="utf-8")}

    assert drawing == {Path(import_module(name).__file__) for name in HOMES}


@pytest.mark.parametrize("name", HOMES)
def test_tree_is_drawn_as_it_is(name):
    """Each class stands under the one that it derives from, and none is left out or made up."""
    for each in walk_packages(helpers.__path__, "helpers."):
        if not each.name.endswith("__main__"):
            import_module(each.name)
    module = import_module(name)
    root = root_of(module.__doc__)

    assert sorted(drawn(module.__doc__)) == sorted(derived(getattr(module, root), HOMES[name], root))


@pytest.mark.parametrize("name", REFUSALS)
def test_status_and_code_are_drawn(name):
    """Beside a refusal stand the HTTP status and Twilio's code that it answers with."""
    module = import_module(name)
    drawn = re.findall(r"[├└]── (\w+) +(\d+)  (\d+)$", module.__doc__, re.M)

    assert drawn
    assert drawn == [(each, str(getattr(module, each).status), str(getattr(module, each).code)) for each, *_ in drawn]


def root_of(text: str) -> str:
    """The class at the top of a tree."""
    return re.search(r"::\n\n    (\w+)", text)[1]


def drawn(text: str) -> Iterator[tuple[str, str]]:
    """(class, the class it derives from) for each line of a tree."""
    above = [root_of(text)]
    for indent, child in re.findall(r"^    ([│ ]*)[├└]── (\w+)", text, re.M):
        above[len(indent) // 4 + 1 :] = [child]
        yield child, above[-2]


def derived(above: type, home: str, name: str) -> Iterator[tuple[str, str]]:
    """The same of the classes that are defined in ``home`` and derive from ``above``, which the tree calls ``name``."""
    with_own_tree = [getattr(module, root_of(module.__doc__)) for module in map(import_module, HOMES)]
    for child in above.__subclasses__():
        if child in with_own_tree:
            continue
        homes = [each for each in HOMES.values() if f"{child.__module__}.".startswith(f"{each}.")]
        if max(homes, key=len, default="") == home:
            yield child.__name__, name
        yield from derived(child, home, child.__name__)
