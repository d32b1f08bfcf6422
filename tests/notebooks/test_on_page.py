"""Notebooks on a page's ground: what needs a machine is left out, and what a page does not have is refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests.notebooks.generated import ROOT

ALLOWED = (
    "from helpers import connect",
    "listener = connect().listen()",
    "from IPython.display import HTML\nimport asyncio",
)
FORBIDDEN = {
    "import threading; threading.Thread(target=print).start()": r"threading\._start_\w+",
    "import socket; socket.socket()": r"socket\.__new__",
    "import subprocess; subprocess.run(['true'])": r"subprocess\.Popen",
    "import time; time.sleep(0)": r"time\.sleep",
    "import ftplib; ftplib.FTP('127.0.0.2')": r"socket\.\w+",  # requests refuses by itself
    "from helpers.ground.machine.machine import Machine; Machine().start_emulator('x')": r"socket\.\w+",
    "import time\ntry:\n    time.sleep(0)\nexcept BaseException:\n    pass": r"time\.sleep",
}
NEEDS_MACHINE = "import subprocess\nassert subprocess.run(['true']).returncode == 0"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A notebook with cells of each kind; the last one has the tag ``machine``."""
    cells = [new_code_cell(source) for source in (*ALLOWED, *FORBIDDEN, NEEDS_MACHINE)]
    cells[-1].metadata["tags"] = ["machine"]
    path = tmp_path_factory.mktemp("made") / "made.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    return path


def run(ground, *paths):
    """What pytest says of these tests on a ground."""
    command = [sys.executable, "-m", "pytest", "-v", "-n", "0", "--color=no", "-c", "pyproject.toml", *map(str, paths)]
    environment = {**os.environ, "TASKROUTER_GROUND": ground}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def said(made):
    """What is said of the made notebook on a page."""
    return run("page", made)


def test_cell_with_the_tag_machine_is_left_out(said, made):
    """On a page it is not run; on a machine it is."""
    assert "1 deselected" in said
    assert f"Cell {len(ALLOWED) + len(FORBIDDEN)} PASSED" in run("machine", made)


def test_ordinary_cells_are_let_be(said):
    """What Jupyter itself does for a cell is no cell's concern."""
    assert [f"Cell {number} PASSED" in said for number in range(len(ALLOWED))] == [True] * len(ALLOWED)


@pytest.mark.parametrize("cell", FORBIDDEN)
def test_cell_that_asks_for_more_than_a_page_has_fails(said, cell):
    """Threads, sockets, processes and sleep are refused, even if the cell catches that."""
    number = len(ALLOWED) + list(FORBIDDEN).index(cell)
    told = said.partition(f"Cell {number} __")[2].partition(f"Cell {number + 1} __")[0]

    assert f"Cell {number} FAILED" in said
    assert re.search(rf"{FORBIDDEN[cell]} in ", told)


@pytest.mark.parametrize("path", ["tests/unit/ground", "."])
def test_only_notebooks_are_tested_on_a_page(path):
    """Other tests are about a machine, and are refused in a sentence."""
    assert "ERROR: On a page's ground there are only notebooks" in run("page", path)
