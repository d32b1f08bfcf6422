"""Hints: a question, a pointer, a line, then the solution; the pointer fits the last answer."""

from __future__ import annotations

import re

import pytest

from helpers.lessons.checks import CHECKS, HINTS, check, hint
from helpers.lessons.checks.exercise_hints import Hints, HintSteps
from tests.notebooks.generated import ROOT, lesson_paths


@pytest.mark.parametrize("exercise", CHECKS)
def test_each_exercise_has_hints(exercise):
    """The nudge is a question, the pointer a sentence, the line has one gap; none is long."""
    hints = HINTS[exercise]

    assert hints.nudge.endswith("?")
    assert hints.pointer.endswith((".", "`"))
    assert hints.line.count("___") == 1
    assert max(map(len, (hints.nudge, hints.pointer, hints.line))) < 250


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_solution_is_one_click_away(path):
    """After three hints the next one leads to the solution, as a link from the lesson's folder."""
    number = next(each for each in CHECKS if each.startswith(f"{int(path.stem[:2])}."))
    for _ in range(3):
        hint(number)

    assert hint(number).solution == f"solutions/{path.name}"
    assert (ROOT / "notebooks" / hint(number).solution).is_file()
    assert f'<a href="solutions/{path.name}">' in hint(number)._repr_html_()


def test_three_steps_and_the_solution():
    """Each call gives the next step, and the last stays."""
    said = [str(hint("3.1")) for _ in range(5)]

    assert [re.match("Hint [123] of 3:", each) is not None for each in said] == [True] * 3 + [False] * 2
    assert said[2].startswith("Hint 3 of 3: Fill the gap: `payload")
    assert (
        said[3]
        == said[4]
        == ("That was the last hint. The solution is one click away: solutions/03_create_a_task.ipynb")
    )


def test_pointer_fits_the_last_answer():
    """A check's own pointer replaces the general one, and comes next if another one was given before."""
    steps, hints = HintSteps(), Hints("Why?", "Look up.", "x = ___")

    steps.remember("1.1", "")
    said = [str(steps.next("1.1", hints)) for _ in range(3)]
    steps.remember("1.1", "Look at capacity.")
    steps.remember("1.1", "Look at capacity.")
    said += [str(steps.next("1.1", hints)) for _ in range(2)]

    assert said[1] == "Hint 2 of 3: Look up."
    assert said[3:] == ["Hint 2 of 3: Look at capacity.", "Hint 3 of 3: Fill the gap: `x = ___`"]


def test_wrong_answer_names_the_way_to_a_hint(desk):
    """A wrong answer ends with the call; one that is blank or right doesn't."""
    desk.begin(3)

    assert str(check("3.1", "pending", "{}")).endswith('Stuck? `hint("3.1")`')
    assert "Stuck?" not in str(check("3.1", ..., "{}"))
    assert "Stuck?" not in str(check("3.1", "canceled", '{"selected_language": "es"}'))


@pytest.mark.parametrize(("given", "words"), [("9.9", "There is no exercise '9.9'. There are 0.1"), ([], "in quotes")])
def test_hint_for_no_exercise(given, words):
    """A number that no exercise has is told, never raised."""
    assert words in str(hint(given))
