"""Exercises are made from their solutions, handed out blank, checked, and solved."""

from __future__ import annotations

import re

import nbformat
import pytest

from helpers.lessons.checks import CHECKS, HINTS
from tests.cell_failures import how_to_store
from tests.notebooks.generated import blanked, cell_of, lesson_paths, read, read_solution

PAIRS = [pytest.param(read(path), read_solution(path), id=path.stem) for path in lesson_paths()]


def numbers(notebook, kind):
    """The exercises for which a notebook has a cell of this kind."""
    found = (re.fullmatch(rf"{kind}-(\d+)-(\d+)", cell.id) for cell in notebook.cells)
    return [f"{match[1]}.{match[2]}" for match in found if match]


def text_of(notebook, cell_id):
    """The stored text of a cell's result."""
    return cell_of(notebook, cell_id).outputs[0].data["text/plain"]


@pytest.mark.parametrize(("lesson", "solutions"), PAIRS)
def test_exercise_is_its_solution_with_holes(lesson, solutions):
    """What is handed out is generated from what is solved, cell by cell."""
    for number in numbers(solutions, "solution"):
        place = number.replace(".", "-")
        assert cell_of(lesson, f"exercise-{place}").source == blanked(cell_of(solutions, f"solution-{place}")), (
            f"Exercise {number} is made from its solution. Change that, then {how_to_store()}."
        )


@pytest.mark.parametrize(("lesson", "solutions"), PAIRS)
def test_each_exercise_is_whole(lesson, solutions):
    """Text with Given and Goal; hints only when asked for; a stub; a check; a solution with the same check; a link."""
    for number in numbers(lesson, "exercise"):
        place = number.replace(".", "-")
        text = cell_of(lesson, f"exercise-{place}-intro").source
        assert all(part in text for part in ("**Given**", "**Goal:**")), number
        assert "<summary>Hint" not in text, number
        assert cell_of(lesson, f"check-{place}").source == cell_of(solutions, f"check-{place}").source
        assert "solutions/" in cell_of(lesson, f"solution-{place}").source


@pytest.mark.parametrize(("lesson", "solutions"), PAIRS)
def test_blank_is_not_yet_and_solved_is_right(lesson, solutions):
    """The stored verdicts: a blank exercise is told that it is blank, a solved one that it is right."""
    for number in numbers(lesson, "exercise"):
        place = f"check-{number.replace('.', '-')}"
        assert text_of(lesson, place).startswith("✗ Not yet. `"), f"{number} is handed out: {how_to_store()}."
        assert text_of(solutions, place).startswith("✓ "), (
            f"Correct the solution of {number}, or its check, then {how_to_store()}."
        )


@pytest.mark.parametrize(("lesson", "solutions"), PAIRS)
def test_last_hint_is_a_line_of_the_solution(lesson, solutions):
    """With the gap filled, and however the solution breaks its lines."""
    for number in numbers(solutions, "solution"):
        solution = squeezed(cell_of(solutions, f"solution-{number.replace('.', '-')}").source)
        before, after = HINTS[number].line.split("___")
        assert squeezed(before) in solution, number
        assert squeezed(after) in solution, number


def squeezed(code):
    """Code without spaces, line ends, and the commas before closing brackets."""
    return re.sub(r",(?=[)}])", "", re.sub(r"\s+", "", code))


def test_every_check_has_its_exercise():
    """No check without an exercise, no exercise without a check."""
    assert [number for case in PAIRS for number in numbers(case.values[0], "exercise")] == list(CHECKS), (
        "An exercise's cell has the id exercise-3-1, and its check is in CHECKS of its lesson's module in "
        "helpers/lessons/checks/lessons/."
    )


@pytest.mark.parametrize(
    ("solution", "names", "stub"),
    [
        ("x = 1\ny = f(\n    2,\n)\nz = 3", ["y"], "x = 1\ny = ...\nz = 3"),
        ("x = (\n    a\n    .b()\n)", ["x"], "x = ..."),
        ('d = {"a": "é", "b": [1, 2]}', ["d"], 'd = {"a": ..., "b": ...}'),
        ('def f(x):\n    """Say."""\n    y = x\n    return y', ["f"], 'def f(x):\n    """Say."""\n    ...'),
        ("def f(x):\n    return x\n\nf(1)", ["f"], "def f(x):\n    ...\n\nf(1)"),
        ('é = "ü"; x = "ß"', ["x"], 'é = "ü"; x = ...'),
    ],
)
def test_holes(solution, names, stub):
    """A value becomes three dots; a dictionary keeps its keys, a function its head."""
    cell = nbformat.v4.new_code_cell(solution, metadata={"blank": names})

    assert blanked(cell) == stub
