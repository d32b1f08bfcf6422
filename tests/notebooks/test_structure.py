"""Each lesson has the anatomy a reader can rely on, and was stored after it ran from top to bottom."""

from __future__ import annotations

import itertools
import re

import pytest

from tests.cell_failures import how_to_store
from tests.notebooks.generated import ROOT, cell_of, lesson_paths, minutes, notebook_paths, read

LESSONS = [pytest.param(read(path), id=path.stem) for path in lesson_paths()]
PATHS = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in notebook_paths()]
NOTEBOOKS = [pytest.param(read(path), id=f"{path.parent.name}/{path.stem}") for path in notebook_paths()]
READABLE = re.compile(r"(?![0-9a-f]{8})[a-z0-9]+(-[a-z0-9]+)*")
"""Words; what JupyterLab makes up begins with eight hexadecimal digits."""
ORDER = [
    "title",
    "nav-top",
    "goal",
    "outcomes",
    "needs",
    "setup",
    "trouble",
    "summary",
    "cleanup",
    "next",
    "nav-bottom",
]


def code_cells(notebook):
    """The code cells, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def count_lines(cell):
    """The number of lines in a cell that aren't empty."""
    return sum(bool(line.strip()) for line in cell.source.splitlines())


def headings(notebook):
    """Level and text of each Markdown heading, in order."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    return [(len(marks), text) for source in texts for marks, text in re.findall(r"^(#+) (.+)$", source, re.MULTILINE)]


@pytest.mark.parametrize("notebook", LESSONS)
def test_parts_come_in_their_order(notebook):
    """Title, goal, outcomes, needs, set-up; steps; trouble, summary, clean-up, next: always there, always so."""
    ids = [cell.id for cell in notebook.cells]

    assert [cell_id for cell_id in ids if cell_id in ORDER] == ORDER, (
        "Give the lesson's cells these ids, each once, in this order."
    )


@pytest.mark.parametrize("notebook", LESSONS)
def test_lesson_asks_what_is_remembered(notebook):
    """Three questions come right before the summary; every lesson but the first starts with two from earlier ones."""
    ids = [cell.id for cell in notebook.cells]
    code = [cell.source.rpartition("\n")[2] for cell in code_cells(notebook)]

    assert ids[ids.index("summary") - 2 :][:2] == ["recall-intro", "recall"], (
        "Put the cells `recall-intro` and `recall` before the cell `summary`."
    )
    assert ("catch_up(0)" in code) != any(line.startswith("warm_up(") for line in code), (
        "Add a cell that ends with `warm_up(NUMBER)` after the set-up; the first lesson has none."
    )


@pytest.mark.parametrize("notebook", LESSONS)
def test_headings_nest(notebook):
    """One title, then sections, then subsections: no level is skipped, and no section has another's name."""
    levels = [level for level, _ in headings(notebook)]
    texts = [text for _, text in headings(notebook)]

    assert levels[0] == 1, "Begin with the title, `# Title`."
    assert levels.count(1) == 1, "Leave `#` to the title; a section's heading has `##`."
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels)), (
        "Put one `#` more at most before a heading than before the one above it."
    )
    assert len(set(texts)) == len(texts), "Give each section a heading of its own."


@pytest.mark.parametrize("path", PATHS)
def test_cells_ran_in_order(path):
    """Every code cell was run, from the first to the last: nbval would not compare one that was not."""
    cells = code_cells(read(path))
    first = next((cell.id for number, cell in enumerate(cells, 1) if cell.execution_count != number), None)

    assert first is None, f"The cell `{first}` was not run, or not in its order: {how_to_store(path)}."


@pytest.mark.parametrize("path", PATHS)
def test_errors_are_meant(path):
    """A cell raises if and only if it carries the tag for it; one that needs local mode raises in live mode alone."""
    for cell in code_cells(read(path)):
        tags = cell.metadata.get("tags", [])
        raised = any(output.output_type == "error" for output in cell.outputs)
        assert raised == ("raises-exception" in tags and "local-only" not in tags), (
            f"The stored output of the cell `{cell.id}` {'has an' if raised else 'has no'} error, and its tags are "
            f"{tags}. Correct the cell, or its tag `raises-exception`, then {how_to_store(path)}."
        )


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_nothing_is_left_uncompared(notebook):
    """No tag takes a cell out of the comparison with its stored output."""
    tags = {tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])}

    assert tags <= {"raises-exception", "local-only", "aside"}, "Take the other tags away."
    assert "NBVAL_" not in str(notebook), "Take NBVAL's comment away: each output is compared."


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_code_comes_in_small_portions(notebook):
    """No code cell has more than nine lines, and nine in ten have at most six, apart from a file's sections."""
    cells = code_cells(notebook)
    lines = [count_lines(cell) for cell in cells if not cell.source.startswith("%%app ")]

    assert [cell.id for cell in cells if count_lines(cell) > 9] == [], "Divide these cells, with prose between."
    assert sum(count <= 6 for count in lines) >= int(0.9 * len(lines)), (
        f"Divide cells of more than six lines: there are {sum(count > 6 for count in lines)}."
    )


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_code_is_introduced(notebook):
    """At most two code cells stand in a row, and at least nine in ten follow prose."""
    kinds = "".join("c" if cell.cell_type == "code" else "m" for cell in notebook.cells)

    assert "ccc" not in kinds, "Put prose between code cells: three follow each other."
    assert kinds.count("mc") >= 0.9 * kinds.count("c"), "Introduce each code cell with prose."


@pytest.mark.parametrize("notebook", LESSONS)
def test_lesson_is_neither_short_nor_long(notebook):
    """25 to 90 cells, at most 30 minutes alone and 45 in a room, and at least one exercise."""
    alone, in_a_room = minutes(notebook)

    assert 25 <= len(notebook.cells) <= 90, "Divide the lesson, or give it more to do."
    assert 10 <= alone <= 30, "Correct the minutes in the cell `title`, or divide the lesson."
    assert alone < in_a_room <= 45, "Correct the minutes in the cell `title`: a room needs more than one alone."
    assert any("exercise" in cell.metadata for cell in notebook.cells), (
        "Add an exercise: its cells have the metadata `exercise`, such as 3.1."
    )


def test_troubles_are_quoted_as_they_are_said():
    """What "When it goes wrong" quotes, in the column "You see", is a text of ours."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "helpers").rglob("*.py"))
    said = re.sub(r'"\s+f?"', "", code)  # texts that go on in the next line
    troubles = [cell_of(read(path), "trouble").source for path in lesson_paths()]
    rows = [row for source in troubles for row in source.splitlines() if row.startswith("|")]
    quoted = [text for row in rows for text in re.findall(r"“([^”]+)”", row.split("|")[1])]

    assert [text for text in quoted if text not in said] == [], "Quote the text as it is in helpers/."


@pytest.mark.parametrize("notebook", LESSONS)
def test_lesson_says_where_it_is(notebook):
    """Every lesson has a strip, and calls `where_am_i()`."""
    sources = "\n".join(cell.source for cell in notebook.cells)

    assert "lifecycle(" in sources, "Add a cell with `lifecycle(task)`."
    assert "where_am_i()" in sources, "Add a cell with `where_am_i()`."


def test_names_of_the_tutorial_are_told_once():
    """Lesson 0 says what the tutorial's names of Activities are today; no other lesson repeats the table."""
    telling = [
        path
        for path in lesson_paths()
        if any("| In the tutorial | Available? |" in cell.source for cell in read(path).cells)
    ]

    assert telling == [lesson_paths()[0]]


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_cell_ids_are_readable_and_unique(notebook):
    """Ids are words, so that a change to a notebook reads well."""
    ids = [cell.id for cell in notebook.cells]

    unreadable = [each for each in ids if not READABLE.fullmatch(each)]

    assert len(set(ids)) == len(ids), "Give each cell an id of its own."
    assert unreadable == [], (
        "Name these cells. Open the notebook as text, and put words with hyphens between them for the id that was made "
        'up, such as "id": "alice-offline".'
    )


@pytest.mark.parametrize("notebook", LESSONS)
def test_no_cell_is_there_twice(notebook):
    """Each code cell's text is its own, as `where_am_i()` tells by it which steps have run."""
    sources = [cell.source for cell in code_cells(notebook)]

    assert sorted(source for source in set(sources) if sources.count(source) > 1) == [], (
        "Change these cells, or leave one of each out."
    )


@pytest.mark.parametrize("notebook", LESSONS)
def test_every_cell_calls_the_sdk_for_taskrouter(notebook):
    """Lessons reach TaskRouter through `client`, not through helpers that hide it."""
    sources = "\n".join(cell.source for cell in code_cells(notebook))

    assert "client.taskrouter.v1" in sources, "Add a cell that calls the SDK: `client.taskrouter.v1…`."
