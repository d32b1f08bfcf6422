"""The questions themselves: three a lesson, each choice with its own sentence, each with a step that has the answer."""

from __future__ import annotations

from collections import Counter

import pytest

from helpers.lessons.lesson_ends import WRITTEN
from helpers.lessons.lesson_files import BEGINNING, read_lessons
from helpers.lessons.recall.asked_questions import select_end, select_warm_up

ASKED = [asked for lesson in WRITTEN for asked in select_end(lesson)]


def name(asked):
    """The lesson and the number of a question."""
    return f"{asked.lesson}-{asked.number}"


@pytest.mark.parametrize("lesson", WRITTEN)
def test_three_at_the_end(lesson):
    """Each lesson asks three questions, and not always with the same letter right."""
    asked = select_end(lesson)

    assert len(asked) == 3
    assert len({each.question.right for each in asked}) > 1


@pytest.mark.parametrize("lesson", WRITTEN[1:])
def test_two_from_earlier_lessons(lesson):
    """Each lesson but the first starts with two different questions, both of lessons before it."""
    asked = select_warm_up(lesson)

    assert len({name(each) for each in asked}) == 2
    assert all(each.lesson < lesson for each in asked)


@pytest.mark.parametrize("asked", ASKED, ids=name)
def test_question_is_complete(asked):
    """It is a question, has a right choice, and tells something else about each choice."""
    texts = list(asked.question.choices.values())

    assert asked.question.text.endswith("?")
    assert asked.question.right in asked.choices
    assert len(asked.choices) == len(asked.question.choices) >= 3
    assert max(Counter(texts).values()) == 1
    assert all(text.endswith(".") for text in texts)


@pytest.mark.parametrize("asked", ASKED, ids=name)
def test_step_that_has_the_answer(asked):
    """The lesson has the cell that the question names, below a heading."""
    (lesson,) = (each for each in read_lessons() if each.number == asked.lesson)
    (heading,) = (step.heading for step in lesson.steps if asked.question.place in step.cell_ids)

    assert heading != BEGINNING
