"""Consent to live mode, and the README, say how many Tasks a lesson creates at most, and none creates more."""

from __future__ import annotations

from itertools import chain

import nbformat

from helpers.live.consent import TASKS_AT_MOST
from tests.notebooks.generated import README, cell_of, lesson_paths, read, read_solution
from tests.notebooks.refresh import execute

# Every Task of the lesson, however it was created; nothing removes one from the list of events.
COUNT = """
workspaces = connection.make_onlooker().taskrouter.v1.workspaces.list()
print("Tasks:", sum(len(each.events.list(event_type="task.created")) for each in workspaces))
"""


def counting(lesson):
    """The code cells of a lesson, with one that counts before the clean-up."""
    *cells, cleanup = [cell for cell in lesson.cells if cell.cell_type == "code"]
    assert cleanup.id == "cleanup"
    return [*cells, nbformat.v4.new_code_cell(COUNT), cleanup]


def solved(path):
    """A lesson whose exercises are solved."""
    lesson, solutions = read(path), read_solution(path)
    for cell in lesson.cells:
        if cell.cell_type == "code" and cell.id.startswith("exercise-"):
            cell.source = cell_of(solutions, cell.id.replace("exercise-", "solution-")).source
    return lesson


def test_the_most_is_what_consent_says():
    """Each cell is run once, with every exercise solved; one kernel for all, as each lesson clears what it made."""
    lessons = {path.stem: counting(solved(path)) for path in lesson_paths()}
    cells = chain.from_iterable(lessons.values())
    copies = [nbformat.from_dict(dict(cell, id=f"cell-{number}", outputs=[])) for number, cell in enumerate(cells)]

    execute(nbformat.v4.new_notebook(cells=copies))
    told = [cell.outputs[0].text for cell in copies if cell.source == COUNT]
    counts = {stem: int(text.removeprefix("Tasks: ")) for stem, text in zip(lessons, told, strict=True)}

    assert max(counts.values()) == TASKS_AT_MOST, counts
    assert f"at most {TASKS_AT_MOST} Tasks" in " ".join(README.read_text(encoding="utf-8").split())
