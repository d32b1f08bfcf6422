"""Real kernels: cells twice, exercises solved, another order, cells too early, a restart in mid-lesson."""

from __future__ import annotations

from itertools import chain

import nbformat
import pytest

from helpers.live.consent import TASKS_AT_MOST
from tests.notebooks.generated import NOTEBOOKS, README, cell_of, lesson_paths, read, read_solution, solution_path
from tests.notebooks.refresh import execute, fresh_kernel, tidy

LESSONS = [pytest.param(path, id=path.stem) for path in reversed(lesson_paths())]
# Every Task of the lesson, however it was created; nothing removes one from the list of events.
COUNT = """workspaces = connection.make_onlooker().taskrouter.v1.workspaces.list()
print("Tasks:", sum(len(each.events.list(event_type="task.created")) for each in workspaces))"""


@pytest.fixture(scope="module")
def kernel():
    """A kernel that takes one lesson after another, the last one first; each sets up its own world.

    Days that lesson 13 has simulated are kept there: another run of its cells takes a tenth of the time.
    """
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


def solved(path):
    """The code cells of a lesson whose exercises are solved, with one that counts Tasks before the clean-up."""
    solutions = read_solution(path)
    *cells, cleanup = code_cells(path)
    assert cleanup.id == "cleanup"
    for cell in cells:
        if cell.id.startswith("exercise-"):
            cell.source = cell_of(solutions, cell.id.replace("exercise-", "solution-")).source
    return [*cells, nbformat.v4.new_code_cell(COUNT), cleanup]


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


def test_most_tasks_are_what_consent_says(kernel):
    """Each cell is run once, with every exercise solved: consent to live mode, and the README, name the most Tasks."""
    lessons = {path.stem: solved(path) for path in lesson_paths()}
    cells = run(chain.from_iterable(lessons.values()), kernel)
    told_counts = [told(cell)[0] for cell in cells if cell.source == COUNT]
    counts = {stem: int(text.removeprefix("Tasks: ")) for stem, text in zip(lessons, told_counts, strict=True)}

    assert max(counts.values()) == TASKS_AT_MOST, counts
    assert f"at most {TASKS_AT_MOST} Tasks" in " ".join(README.read_text(encoding="utf-8").split())


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
