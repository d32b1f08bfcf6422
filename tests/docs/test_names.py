"""The pages on the emulator name all that there is, and nothing else: options, routes, faults, fixtures."""

from __future__ import annotations

import re
import shlex

import httpx
import pytest

from helpers.emulator import pytest_plugin
from helpers.emulator.callbacks.faults import Fault
from helpers.emulator.command.command_line import COMMANDS
from helpers.emulator.command.serve_options import serve_parser
from helpers.emulator.engine.model.refusals import Invalid
from helpers.emulator.server import start
from tests.docs.snippets import PAGES
from tests.packages.environments import EMULATOR, NOTEBOOKS, run

READMES = [NOTEBOOKS / "README.md", EMULATOR / "README.md", PAGES / "README.md"]


def text_of(page: str) -> str:
    """The text of a page."""
    return (PAGES / page).read_text(encoding="utf-8")


def first_column(page: str, heading: str) -> list[str]:
    """The code in the first column of the table whose first heading this is."""
    (table,) = re.findall(rf"^\| {heading} \|.*\n((?:\|.*\n)+)", text_of(page), re.M)
    return re.findall(r"^\| `(\w+)` \|", table, re.M)


def test_options(emulator_python, tmp_path):
    """The page on the command has every option that the help of each command has, and no other."""
    program = emulator_python.with_name("taskrouter-emulator")
    shown = "".join(run(program, name, "--help", cwd=tmp_path).stdout for name in COMMANDS)

    assert options(text_of("command.md")) == options(shown) != set()


def options(text: str) -> set[str]:
    """The long options that a text names."""
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


def test_routes():
    """Every route that the emulator's own page lists is on a page here, and those here are on that."""
    with start() as running:
        shown = httpx.get(running.url, trust_env=False).text
    pages = "".join(text_of(path.name) for path in PAGES.glob("*.md"))

    assert routes(pages) == routes(shown) | {"openapi.json"}


def routes(text: str) -> set[str]:
    """The routes below `/_emulator` that a text names, without what stands for a number or a SID."""
    found = re.findall(r"/_emulator/([a-z]+(?:\.json)?(?:/(?:NUMBER/)?[a-z]+)?)", text)
    return {route.removesuffix("/") for route in found}


def test_faults():
    """The table of faults has each that can be asked for."""
    with pytest.raises(Invalid, match="one of") as refusal:
        Fault(fault="none of them")

    assert ", ".join(first_column("faults.md", "fault")) == refusal.value.message.rpartition("one of ")[2]


def test_fixtures():
    """The table of fixtures has each that the plugin offers."""
    fixtures = {name for name in pytest_plugin.__all__ if not name.startswith("pytest_")}

    assert set(first_column("pytest.md", "fixture")) == fixtures


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.parent.name)
def test_commands_of_a_readme(readme):
    """A package that it installs is there, and a command that it shows has these options."""
    lines = re.findall(r"^(?:(?:python -m )?pip install|taskrouter-emulator) .*$", readme.read_text("utf-8"), re.M)
    for words in map(shlex.split, lines):
        if words[0] == "taskrouter-emulator":
            serve_parser().parse_args([word for word in words[1:] if word not in (">", "emulator.env", "&")])
        else:
            assert words[-1].partition("[")[0].endswith("helpers/emulator")

    assert lines
