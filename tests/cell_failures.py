"""A plugin: where the cell of a notebook is that failed, why its failure may be another's, and what to do about it.

The sentences on storing a notebook again are those of the tests in ``tests/notebooks``, too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

__all__ = ["how_to_name", "how_to_store", "place_of"]

ROOT = Path(__file__).resolve().parent.parent
FIRST_FAILURE = pytest.StashKey[str]()
"""Place of the first cell of a notebook that failed in this run."""

OUTPUTS_DIFFER = ("Cell outputs differ", "Unrun reference cell has outputs")
RAISED = "Cell execution caused an exception"
"""What nbval says."""

_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Put the cell's place before what nbval says, without its codes for colors, and what to do behind it."""
    report = yield
    if report.failed and call.when == "call" and hasattr(item, "cell"):
        place = place_of(item.parent.nb, item.cell)
        here = f"{item.name} ({place})"
        first = item.parent.stash.setdefault(FIRST_FAILURE, here)
        said = _COLOR.sub("", str(report.longrepr)).strip()
        advice = _advice(item, str(call.excinfo.value), "" if first == here else first)
        report.longrepr = f"{place}\n\n{said}\n\nWhat to do: {advice}"  # its first line is in the summary, too
    return report


def place_of(notebook: Any, cell: Any) -> str:
    """Return a cell's id, which old notebooks don't have, and the last heading above it."""
    above = itertools.takewhile(lambda each: each is not cell, notebook.cells)
    texts = (_FENCED.sub("", each.source) for each in above if each.cell_type == "markdown")
    headings = [heading for text in texts for heading in _HEADING.findall(text)]
    name = f"cell `{cell.id}`" if "id" in cell else "a cell without an id"
    return name + (f', under "{headings[-1]}"' if headings else "")


def how_to_store(path: Path | None = None) -> str:
    """Return the words that say how to store this notebook again, or all of them."""
    return f"run `python start.py refresh{f' {how_to_name(path)}' if path else ''}`"


def how_to_name(path: Path) -> str:
    """Return a notebook's path as commands take it in the project's folder."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def _advice(item: Any, problem: str, failed_before: str) -> str:
    """Return what helps: run the cells before this one, correct one of them, correct this one, or store its output."""
    ran = [each.cell_num for each in item.session.items if each.parent is item.parent]
    if missing := sorted({*range(item.cell_num)} - {*ran}):
        cells = "1 cell" if len(missing) == 1 else f"{len(missing)} cells"
        run_all = f"run `python start.py test {how_to_name(item.path)}`"
        return f"{cells} above this one didn't run, and it may need what they make: {run_all}."
    if failed_before:
        return f"begin with {failed_before}. It failed earlier in the same kernel, and this may follow from it."
    if problem in OUTPUTS_DIFFER:
        return (
            f"if the new output is right, store it: {how_to_store(item.path)}. "
            "If the stored one is right, correct what changed it."
        )
    if problem == RAISED:
        return (
            "correct this cell, or what it calls. A cell that is meant to raise carries the tag `raises-exception`. "
            f"Then {how_to_store(item.path)}."
        )
    return "correct this cell, or what it calls: it ended neither with an output nor with an error of its own."
