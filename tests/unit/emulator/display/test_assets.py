"""The widget's scripts and styles are joined from small files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.emulator.display import assets
from helpers.emulator.display.assets import KINDS, script, styles

STATIC = Path(assets.__file__).parent / "static"
FLOORS = [
    "vendor",
    "code",
    "core",
    "hooks",
    "marks",
    "lists",
    "components",
    "pages",
    "shell",
    "telling",
    "cell",
    "views",
]
"""Rooms of scripts, the lowest first: code as text, the state, hooks, what is drawn, pages, and what holds them."""


def test_every_view_has_its_script():
    """What the existing views name as their kind can be drawn."""
    assert {"lifecycle", "table", "exchanges"} <= KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_script_is_one_module(kind):
    """The browser gets no import to resolve, and one default export: what anywidget calls."""
    text = script(kind)

    assert not re.search(r"^import ", text, re.M)
    assert re.findall(r"^export .*", text, re.M) == re.findall(r"^export default .*", text, re.M)
    assert text.count("export default") == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_shared_module_stands_once_before_its_users(kind):
    """Each is loaded once, and whoever takes from it comes later."""
    text = script(kind)
    made = re.findall(r"^const (\$\S+) = \(\(\) =>", text, re.M)

    assert len(made) == len(set(made))
    for name in made:
        assert text.index(f"const {name} =") < text.index(f"}} = {name};")


def test_scripts_import_from_below():
    """A room takes from rooms before it in `FLOORS` and from itself, so that no arrow leads back."""
    upwards = []
    for path in STATIC.rglob("*.js"):
        for relative in re.findall(r'^import .* from "(\..+)";$', path.read_text(encoding="utf-8"), re.M):
            names = [each.relative_to(STATIC).as_posix() for each in (path, (path.parent / relative).resolve())]
            user, used = (FLOORS.index(name.partition("/")[0]) for name in names)
            if used > user:
                upwards.append(" -> ".join(names))

    assert upwards == []


def test_every_style_sheet_is_there_the_shared_ones_first():
    """A page holds one style sheet for all widgets, and a view's own rules win over the shared ones."""
    text = styles()

    assert text.index(".tr {") < text.index(".tr-view .tr-chip {") < text.index(".tr-view .tr-ways")
