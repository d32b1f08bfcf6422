"""Consent to live mode, and the README, say how many Tasks a lesson creates at most, and none creates more."""

from __future__ import annotations

import nbformat

from helpers.live.consent import TASKS_AT_MOST
from tests.notebooks.generated import README, cell_of, lesson_paths, read, solution_path
from tests.notebooks.refresh import execute

# Every Task of the lesson, however it was created; nothing removes one from the list of events.
COUNT = """
workspaces = connection.make_onlooker().taskrouter.v1.workspaces.list()
print("Tasks:", sum(len(each.events.list(event_type="task.created")) for each in workspaces))
"""


def count_tasks(notebook):
    """Run a notebook and return the number of Tasks that it created before it removed them."""
    place = next(number for number, cell in enumerate(notebook.cells) if cell.id == "cleanup")
    notebook.cells.insert(place, nbformat.v4.new_code_cell(COUNT, id="count"))
    execute(notebook)
    return int(cell_of(notebook, "count").outputs[0].text.removeprefix("Tasks: "))


def solved(path):
    """A lesson whose exercises are solved."""
    lesson, solutions = read(path), read(solution_path(path))
    for cell in lesson.cells:
        if cell.cell_type == "code" and cell.id.startswith("exercise-"):
            cell.source = cell_of(solutions, cell.id.replace("exercise-", "solution-")).source
    return lesson


def test_the_most_is_what_consent_says():
    """Each cell is run once, with every exercise solved."""
    counts = {path.stem: count_tasks(solved(path)) for path in lesson_paths()}

    assert max(counts.values()) == TASKS_AT_MOST, counts
    assert f"at most {TASKS_AT_MOST} Tasks" in " ".join(README.read_text(encoding="utf-8").split())
