"""Lessons in a browser, from the first cell to the last, with every other host out of reach."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_first_load_is_small_enough(visitor):
    """Everything that a first visit fetches, from a server that compresses."""
    visitor.open("03_create_a_task.ipynb")
    visitor.run_all()

    assert visitor.compressed_bytes() < MOST_BYTES
