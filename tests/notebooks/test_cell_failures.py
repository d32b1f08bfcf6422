"""What a run says of a notebook's cell that failed: where it is, and what to do."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.notebooks.generated import ROOT

STORED_OTHERWISE = [new_output("execute_result", {"text/plain": "43"}, execution_count=1)]


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Report of each failed cell, and of the summary: one notebook as a whole, of another its last cell."""
    folder = tmp_path_factory.mktemp("failing")
    cells = [
        new_markdown_cell("# Title\n\n## How long they wait\n\n```python\n# no heading\n```", id="intro"),
        new_code_cell("6 * 7", id="ages", execution_count=1, outputs=STORED_OTHERWISE),
        new_code_cell("ages_of_all", id="renamed"),
    ]
    nbformat.write(new_notebook(cells=cells), folder / "whole.ipynb")
    cells.insert(1, new_code_cell("ages_of_all = [2, 1]", id="before"))
    nbformat.write(new_notebook(cells=cells), folder / "alone.ipynb")
    nbformat.write(new_notebook(cells=[cells[-1]]), folder / "typo.ipynb")
    paths = [folder / "whole.ipynb", f"{folder / 'alone.ipynb'}::Cell 2", folder / "typo.ipynb"]
    options = ["-n", "0", "-c", "pyproject.toml", "--rootdir", folder]
    command = [sys.executable, "-m", "pytest", *map(str, [*options, *paths])]
    full = {**os.environ, "CI": "true"}  # else the summary is cut to the width of a terminal
    done = subprocess.run(command, cwd=ROOT, env=full, capture_output=True, encoding="utf-8")
    parts = re.split(r"^[_=]+ (.*?) [_=]+$", done.stdout, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_cell_is_named(said):
    """By its id and the heading above it, in the report and in the summary, without codes for colors."""
    assert 'cell `ages`, under "How long they wait"\n' in said["whole.ipynb::Cell 0"]
    assert '::Cell 0 - cell `ages`, under "How long they wait"\n' in said["short test summary info"]
    assert "\x1b" not in "".join(said.values())


def test_other_output_is_to_be_stored_or_corrected(said):
    """nbval's comparison stays, and the command follows."""
    report = " ".join(said["whole.ipynb::Cell 0"].split())

    assert "'43' == '42'" in report
    assert "if the new output is right, store it: run `python start.py refresh " in report
    assert report.endswith("If the stored one is right, correct what changed it.")


def test_first_failure_comes_first(said):
    """A later failure in the same kernel names the first one."""
    assert 'What to do: begin with Cell 0 (cell `ages`, under "How long they wait").' in said["whole.ipynb::Cell 1"]


def test_single_cell_says_why_it_cannot_run(said):
    """nbval ran none of the cells before it; the command that runs all follows."""
    report = said["alone.ipynb::Cell 2"]

    assert (
        "What to do: 2 cells above this one didn't run, and it may need what they make: run `python start.py test "
        in report
    )


def test_cell_that_raised_is_to_be_corrected(said):
    """The tag for a cell that is meant to raise is named."""
    assert "What to do: correct this cell, or what it calls. A cell that is meant" in said["typo.ipynb::Cell 0"]
