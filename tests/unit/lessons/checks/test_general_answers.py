"""Answers of every kind to every exercise: none passes, none raises, and each verdict says what is wrong."""

from __future__ import annotations

import inspect
import re

import pytest

from helpers.lessons.checks import CHECKS, check
from tests.unit.lessons.checks.mistakes import made
from tests.unit.lessons.checks.wrong_in_general import BLANK, GENERAL, RIGHT_WITH_OTHERS
from tests.worlds.solved_app import solved_app

STILL = re.compile(r"is still `\.\.\.`\. Replace the three dots|still has the gap `___`\. Write what")


@pytest.fixture
def learner(desk, tmp_path, monkeypatch):
    """A learner in lesson 5 who has written the file of lesson 6, too."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my_app").mkdir()
    (tmp_path / "my_app" / "app.py").write_text(solved_app(), encoding="utf-8")
    return desk.begin(5)


def verdicts_on(exercise, answer):
    """The verdicts on this answer: for all that the exercise asks for, and beside right ones."""
    count = len(inspect.signature(CHECKS[exercise]).parameters)
    right = RIGHT_WITH_OTHERS[exercise] if count > 1 else ()
    beside = [[*right[:place], answer, *right[place + 1 :]] for place in range(len(right))]
    return [check(exercise, *answers) for answers in ([answer] * count, *beside)]


@pytest.mark.parametrize("exercise", CHECKS)
def test_answer_that_fits_no_exercise(learner, exercise):
    """What was handed over by mistake is told as what it is, whatever its own code does."""
    for name, answer in GENERAL.items():
        for verdict in verdicts_on(exercise, made(answer, learner)):
            assert not verdict.passed, name
            assert "couldn't be checked" not in str(verdict), name


@pytest.mark.parametrize("exercise", CHECKS)
def test_answer_that_is_still_blank(exercise):
    """Three dots, and the gap of a hint, are found wherever they are, and nothing else is judged."""
    verdicts = [verdict for answer in BLANK.values() for verdict in verdicts_on(exercise, answer)]

    assert [each.state for each in verdicts] == ["open"] * len(verdicts)
    assert [str(each) for each in verdicts if not STILL.search(str(each))] == []
