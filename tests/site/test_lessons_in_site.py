"""Lessons in a browser, from the first cell to the last, with every other host out of reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from deploy.site.first_visit import find_page_files, find_python_files
from tests.notebooks.generated import cell_of, lesson_paths, read, solution_path
from tests.site.site_visit import told

AT_EACH_PUSH = ("00", "03")
"""Lessons that are always run: one with errors that are wanted, and one with curl and callbacks."""
LESSONS = [
    pytest.param(path, id=path.stem, marks=[] if path.name[:2] in AT_EACH_PUSH else [pytest.mark.whole_site])
    for path in lesson_paths()
]
MOST_BYTES = 30_000_000


def comparable(path: Path) -> list[str]:
    """Ids of a lesson's code cells that can run in a page."""
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    return [cell.id for cell in cells if "machine" not in cell.metadata.get("tags", [])]


@pytest.mark.parametrize("path", LESSONS)
def test_lesson_gives_its_stored_outputs(visitor, path):
    """All cells at once: what they say is what the notebook has stored; nothing is asked of another host."""
    stored = {cell.id: cell for cell in read(path).cells}
    visitor.open(path.name)
    seen = {cell["id"]: told(cell) for cell in visitor.run_all()}

    assert {each: seen[each] for each in comparable(path)} == {each: told(stored[each]) for each in comparable(path)}
    assert visitor.foreign == []


@pytest.mark.whole_site
@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in lesson_paths()])
def test_solved_lesson_is_right(visitor, path):
    """With each exercise solved, each check says what the solutions' notebook has stored."""
    solutions = read(solution_path(path))
    checks = [cell.id for cell in solutions.cells if cell.cell_type == "code" and cell.id.startswith("check-")]
    visitor.open(path.name)
    for check in checks:
        visitor.write(
            check.replace("check-", "exercise-"), cell_of(solutions, check.replace("check-", "solution-")).source
        )
    seen = {cell["id"]: told(cell) for cell in visitor.run_all()}

    assert {each: seen[each] for each in checks} == {each: told(cell_of(solutions, each)) for each in checks}


def test_first_page_knows_what_a_first_visit_fetches(visitor):
    """What its button loads are Python's files; the sizes that it tells are those of all files, under 30 MB."""
    visitor.open(lesson_paths()[0].name)
    visitor.run_all()
    fetched = {path.relative_to(visitor.folder).as_posix() for path in visitor.fetched}
    python, page = ({file.path for file in find(visitor.folder)} for find in (find_python_files, find_page_files))

    assert fetched - page == python | {"index.html"}  # each of JupyterLite's pages reads settings from the first one
    assert visitor.compressed_bytes() < MOST_BYTES


def test_click_in_the_console_is_shown_without_a_cell(visitor):
    """Alice's Activity becomes Idle, and the board shows the Reservation at once."""
    visitor.open(lesson_paths()[4].name)
    console = visitor.show_board()
    expect(console.get_by_role("button", name="Accept")).to_have_count(0)
    before = [cell["execution_count"] for cell in visitor.cells()]
    console.get_by_role("button", name="Activity of Alice: Offline").click()
    console.get_by_role("menuitemradio", name="Idle").click()

    expect(console.get_by_role("button", name="Accept")).to_be_visible()
    assert [cell["execution_count"] for cell in visitor.cells()] == before
