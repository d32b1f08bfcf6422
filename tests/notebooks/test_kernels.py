"""Real kernels: cells twice, notebooks in another order, cells too early, a restart in mid-lesson."""

from __future__ import annotations

import nbformat
import pytest

from tests.notebooks.generated import NOTEBOOKS, cell_of, lesson_paths, read, solution_path
from tests.notebooks.refresh import execute, fresh_kernel, tidy

LESSONS = [pytest.param(path, id=path.stem) for path in reversed(lesson_paths())]


@pytest.fixture(scope="module")
def kernel():
    """A kernel that takes one lesson after another, the last one first; each sets up its own world."""
    with fresh_kernel() as kernel:
        yield kernel


def run(cells, execute=execute):
    """Run copies of cells in one kernel, a fresh one unless told otherwise, and return them with their outputs."""
    copies = [nbformat.from_dict(dict(cell, id=f"cell-{number}", outputs=[])) for number, cell in enumerate(cells)]
    notebook = nbformat.v4.new_notebook(cells=copies)
    execute(notebook)
    tidy(notebook)
    return notebook.cells


def code_cells(path):
    """The code cells of a notebook, in order."""
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def told(cell):
    """What a cell's outputs say, without how they are drawn."""
    return [output.get("text") or output.get("evalue") or output.data["text/plain"] for output in cell.outputs]


@pytest.mark.parametrize("path", LESSONS)
def test_cells_twice_and_the_lesson_again(kernel, path):
    """Each cell twice raises nothing new; Run All after that, in the same kernel, says what it said the first time."""
    stored = code_cells(path)
    cleanup = stored[-1]
    twice = [cell for cell in stored[:-1] for _ in range(2)]

    again = run([*twice, *stored, cleanup], kernel)[len(twice) :]  # which refuses a cell that fails

    assert [told(cell) for cell in again[:-1]] == [told(cell) for cell in stored], (
        f"If `pytest notebooks/{path.name}` fails, too, begin there. If not, a cell of this lesson says something else "
        "when cells ran twice before it: correct that cell."
    )
    assert told(again[-1]) == ["Nothing to remove.\n"]


def test_cell_run_too_early_names_its_step():
    """In a fresh kernel a cell from the middle says which step it needs, and the kernel goes on."""
    lesson = read(lesson_paths()[4])
    early = nbformat.from_dict(dict(cell_of(lesson, "alice-idle"), metadata={"tags": ["raises-exception"]}))
    [failed, *_, last] = run([early, cell_of(lesson, "setup"), cell_of(lesson, "start"), cell_of(lesson, "alice-idle")])

    assert " ".join(failed.outputs[0].traceback) == (
        "`workspace` doesn't exist yet. The step “Set up” creates it, and it hasn't run in this kernel. "
        "Run that step first, or run all steps up to here: menu Run > Run All Above Selected Cell."
    )
    assert told(last) == ["('Idle', True)"]


def test_restart_in_mid_lesson():
    """After a kernel restart the set-up cells and the rest of the lesson are enough."""
    lesson = read(lesson_paths()[5])
    later = ["setup", "start", "before", "accept", "after", "complete"]
    cells = run([cell_of(lesson, cell_id) for cell_id in later])

    assert told(cells[-1]) == ["('completed', 'customer is happy')"]


def test_reverse_order_without_widgets():
    """The last lesson first, each with its solution, all in one kernel without widgets: each says what it said alone.

    So a notebook needs neither the one before it, nor anywidget and ipywidgets, and says in words what they show.
    """
    block = nbformat.v4.new_code_cell(
        "import sys\nsys.modules['anywidget'] = sys.modules['ipywidgets'] = None", metadata={}, outputs=[]
    )
    paths = [path for lesson in reversed(lesson_paths()) for path in (lesson, solution_path(lesson))]
    stored = [(path.relative_to(NOTEBOOKS).as_posix(), cell) for path in paths for cell in code_cells(path)]

    cells = run([block, *(cell for _, cell in stored)])[1:]
    seen = [(path, told(cell)) for (path, _), cell in zip(stored, cells, strict=True)]

    assert seen == [(path, told(cell)) for path, cell in stored], (
        "If `pytest notebooks` fails, too, begin there. If not, the cell depends on a lesson before its own, or on a "
        "widget: correct that cell."
    )
