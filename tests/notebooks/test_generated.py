"""Set-up cell, navigation and index are written by the program, and were written."""

from __future__ import annotations

import copy
import itertools
import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import helpers
from deploy import lessons
from tests.cell_failures import how_to_store
from tests.notebooks.generated import (
    INDEX,
    PLANS,
    QUESTIONS,
    README,
    cell_of,
    fill_in,
    lesson_paths,
    minutes,
    notebook_paths,
    read,
    set_up,
    with_lessons,
)
from tests.notebooks.instructor import table_rows

NOTEBOOKS = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in notebook_paths()]


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_generated_cells_are_filled_in(path):
    """Filling in a stored notebook changes none of its cells.

    A lesson's title, minutes and goal are in lists, its title in the lessons beside it, its calls in its set-up cell.
    """
    stored = read(path)
    filled = copy.deepcopy(stored)
    fill_in(path, filled)

    written = {cell.id: cell.source for cell in filled.cells}
    stale = {cell.id: cell.source for cell in stored.cells if cell.source != written[cell.id]}
    assert stale == {cell_id: written[cell_id] for cell_id in stale}, (
        f"A program makes these cells from other cells, lessons or solutions: {', '.join(stale)}. Change those, not "
        f"these, then {how_to_store(path)}."
    )


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ([new_code_cell("tidy_up()")], "from helpers import connect, tidy_up"),
        ([new_markdown_cell("Call `where_am_i()` before you explain it.")], "from helpers import connect, where_am_i"),
        ([new_code_cell('check("3.1", x)')], "from helpers import check, connect, hint"),
        ([new_code_cell("from helpers import at\n\nat(1)"), new_code_cell("at(2)")], "from helpers import connect"),
        ([new_code_cell("before = 1"), new_code_cell("before")], "from helpers import connect"),
        ([new_code_cell("%%app 1 Routes\nexplain()"), new_code_cell("%%bash\nexplain")], "from helpers import connect"),
        ([new_code_cell("%time explain(task)\n!ls")], "from helpers import connect"),
        ([new_code_cell("json.dumps({})")], "import json\n\nfrom helpers import connect"),
    ],
)
def test_set_up_imports_what_is_used(cells, line):
    """What the cells use and prose calls, but no cell makes; `hint` wherever answers are checked."""
    assert set_up([new_notebook(cells=cells)]).split("\n\nconnection")[0] == line


def test_set_up_is_narrow():
    """Many names take more than one line, none of them long, and stay in order."""
    everything = new_notebook(cells=[new_code_cell("\n".join(helpers.__all__))])
    lines = set_up([everything]).split("\n\n")[0].splitlines()
    names = ", ".join(line.removeprefix("from helpers import ") for line in lines)

    assert max(map(len, lines)) <= 100
    assert names.split(", ") == sorted(helpers.__all__)


def test_navigation_goes_both_ways():
    """Each lesson leads to the one before it and the one after it."""
    paths = lesson_paths()
    for earlier, later in itertools.pairwise(paths):
        assert f"({later.name}) →" in cell_of(read(earlier), "nav-bottom").source, how_to_store(earlier)
        assert f"({earlier.name})" in cell_of(read(later), "nav-top").source, how_to_store(later)


@pytest.mark.parametrize("address", ["", "https://example.com/course", "https://example.com/course/"])
def test_published_site_is_linked(monkeypatch, tmp_path, address):
    """A lesson's top and the README's table link to the lesson in the site, if pyproject.toml says where that is."""
    urls = f'[project.urls]\n"Lessons in a browser" = "{address}"\n' if address else ""
    (tmp_path / "pyproject.toml").write_text(f"[project]\n{urls}", "utf-8")
    monkeypatch.setattr(lessons, "PROJECT", tmp_path / "pyproject.toml")
    links = []
    for path in lesson_paths():
        notebook = read(path)
        fill_in(path, notebook)
        top, bottom = (cell_of(notebook, name).source for name in ("nav-top", "nav-bottom"))
        link = f" · [Open in your browser](https://example.com/course/notebooks/index.html?path={path.name})"
        assert top == (bottom + link if address else bottom)
        links.append(link)
    readme = with_lessons(README.read_text("utf-8"))

    assert [readme.count(f"{link} |") for link in links] == [int(bool(address))] * len(links)


def test_index_lists_every_lesson():
    """The table of "All lessons" has a row for each lesson."""
    table = cell_of(read(INDEX), "lessons").source

    assert all(f"](../{path.name})" in table for path in lesson_paths()), how_to_store(INDEX)


def test_plans_of_whole_lessons_add_up():
    """Such a plan takes as long as the titles of its lessons say together; meetings count apart."""
    in_a_room = [minutes(read(path))[1] for path in lesson_paths()]
    first, second = sum(in_a_room[:3]), sum(in_a_room[3:6])
    told = {row[1]: row[2] for row in _plans()}

    assert told["00, 03, 04"] == str(in_a_room[0] + in_a_room[3] + in_a_room[4])
    assert told["00 to 05"] == str(first + second)
    assert told["00 to 02 / 03 to 05 / 08, 09 / 10, 11 / 12, 13"].startswith(f"{first} / {second} / ")


def test_each_lesson_is_in_a_plan():
    """No lesson that instructors find described is forgotten where they choose; a begun one isn't described yet."""
    lessons = " ".join(row[1] for row in _plans())
    ranges = re.findall(r"(\d\d)(?: to (\d\d))?", lessons)
    planned = {f"{number:02}" for first, last in ranges for number in range(int(first), int(last or first) + 1)}

    assert planned == {row[0] for row in table_rows(cell_of(read(QUESTIONS), "lessons").source)}


def _plans() -> list[list[str]]:
    return table_rows(cell_of(read(PLANS), "modules").source)
