"""Nothing of the machine, the moment or the account that ran a notebook stays in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from helpers import connection as connections
from helpers import settings
from helpers.emulator.clock import LESSON_START
from tests.cell_failures import how_to_store
from tests.notebooks.generated import notebook_paths, read
from tests.notebooks.refresh import METADATA, WIDGET_VIEW

NOTEBOOKS = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in notebook_paths()]
LESSON_DAYS = {"2026-03-02", "2026-03-03"}  # the day on which lessons begin, and the one after: a Task lives 24 h


def outputs(path):
    """All stored outputs as one text."""
    return json.dumps([cell.get("outputs", []) for cell in read(path).cells], ensure_ascii=False)


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_no_path_of_a_machine(path):
    """No home, no folder, no interpreter's file."""
    found = re.findall(
        r"(?:/home/|/root/|/Users/|/tmp/|/work/|[A-Z]:\\\\|site-packages|ipykernel_\d)", path.read_text("utf-8")
    )

    assert found == [], f"Take the path out of the cell that shows it, then {how_to_store(path)}."


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_no_port(path):
    """No address with a port, but that of ngrok's inspector, and no other machine's address."""
    text = path.read_text("utf-8").replace("http://localhost:4040", "")
    ports = re.findall(r"(?:127\.0\.0\.1|localhost|0\.0\.0\.0)(?::|%3A)\d+", text)
    others = re.findall(r"https?://(?!taskrouter\.twilio\.com|www\.twilio\.com)[\w.]+", outputs(path))

    assert ports == others == [], f"Change the cell that shows the address, then {how_to_store(path)}."


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_no_time_but_the_lessons(path):
    """Every date in an output is a lesson's, and nothing says how long it took."""
    dates = set(re.findall(r"\b20\d\d-\d\d-\d\d\b", outputs(path)))

    moments = re.findall(r"\d ms\b|object at 0x", outputs(path))

    assert dates <= LESSON_DAYS, f"Show lesson time only: change the cell, then {how_to_store(path)}."
    assert moments == [], f"This differs in each run: change the cell that shows it, then {how_to_store(path)}."


def test_lesson_day_is_the_clocks():
    """The first date allowed above is the one on which lessons begin."""
    assert LESSON_START // 86_400_000 == 20_514  # days from 1970-01-01 to 2026-03-02


def test_no_token(monkeypatch, tmp_path):
    """The Auth Token of the lessons' account stands in no notebook, nor does a signature."""
    monkeypatch.setattr(settings, "DOTENV", tmp_path / ".env")
    token = connections.connect().auth_token.reveal()
    connections.disconnect()
    texts = {path: path.read_text("utf-8") for path in notebook_paths()}

    assert [path for path, text in texts.items() if token in text] == []
    assert [path for path, text in texts.items() if re.search(r"[A-Za-z0-9+/]{27}=", text)] == []


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_no_trace_of_who_ran_it(path):
    """Metadata is the same for everybody; no widget is stored that only lived in one kernel."""
    notebook = read(path)

    keys = {key for cell in notebook.cells for key in cell.metadata}
    assert notebook.metadata == METADATA, f"JupyterLab saved more than is stored: {how_to_store(path)}."
    assert WIDGET_VIEW not in path.read_text("utf-8"), f"A widget was saved: {how_to_store(path)}."
    assert keys - {"tags", "exercise", "blank"} == set(), f"Take these out of the cells, or {how_to_store(path)}."


def test_no_checkpoint_is_committed():
    """Only the notebooks themselves are in their folder, the glossary, and what git ignores."""
    folder, ignored = notebook_paths()[0].parent, {".ipynb_checkpoints", "my_app"}
    kept = [path for path in folder.rglob("*") if path.is_file() and not ignored & set(path.parts)]

    assert {path.name for path in kept if path.suffix != ".ipynb"} == {"glossary.md"}
    assert isinstance(folder, Path)
