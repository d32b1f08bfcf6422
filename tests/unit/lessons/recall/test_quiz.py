"""Questions of a lesson, answered in code or in the widget, and never graded."""

from __future__ import annotations

import pytest

import helpers.lessons.recall as room
from helpers import recall, warm_up
from helpers.errors.recall_problems import NotAsked


@pytest.fixture(autouse=True)
def nothing_answered(monkeypatch):
    """A kernel in which nobody has answered yet."""
    monkeypatch.setattr(room, "_quizzes", {})


def test_right_answer():
    """A right answer is told why it is right, without a place to read again."""
    told = str(recall(3, 1, "b"))

    assert told.startswith("Right. To be eligible, a Worker must match the expression and be available.")
    assert "Read again" not in told


def test_wrong_answer():
    """A wrong answer gets its own sentence, and the heading of the step that has the right one."""
    told = str(recall(3, 1, "a"))

    assert told.startswith("Not quite. He is Idle, and that Activity is available. Read again in lesson 3: “")


def test_answer_stands_in_the_quiz():
    """The quiz above the call shows what was chosen, and each question can be answered again."""
    quiz = recall(3)
    recall(3, 1, "a")
    recall("03", 1, " B ")

    assert recall(3) is quiz
    assert "You chose b. Right." in str(quiz)
    assert "You chose a." not in str(quiz)
    assert repr(recall(3, 2, "a")) == 'RecallAnswer(recall(3, 2, "a"))'


def test_click_is_the_same_as_the_call():
    """The widget's answer is the call's, with the call as its code."""
    quiz = warm_up(3)
    clicked = quiz._answer_clicked({"action": "answer", "question": 1, "choice": "b"})

    assert clicked.code == 'warm_up(3, 1, "b")'
    assert clicked.text == str(warm_up(3, 1, "b"))
    assert quiz._view.state["code"] == clicked.code


def test_answer_is_recorded(monkeypatch):
    """Progress keeps each answer with the lesson that the question is about."""
    recorded = []
    monkeypatch.setattr("helpers.lessons.recall.quiz.record_recall", lambda *answer: recorded.append(answer))
    recall(3, 2, "b")
    warm_up(3, 1, "a")

    assert recorded == [(3, 2, False), (1, 2, True)]


def test_warm_up_points_to_the_earlier_lesson():
    """A question of an earlier lesson leads back to that one."""
    assert "Read again in lesson 1: “" in str(warm_up(3, 1, "b"))


@pytest.mark.parametrize(
    ("call", "arguments", "seen"),
    [
        (recall, (99,), "No lesson 99 has these questions."),
        (recall, (True,), "No lesson True has these questions."),
        (recall, ("Create a Task",), "No lesson 'Create a Task' has these questions."),
        (warm_up, (0,), "No lesson 0 has these questions."),
        (recall, (3, 4, "a"), "`recall(3)` has questions 1 to 3, and none with the number 4."),
        (warm_up, (3, 3, "a"), "`warm_up(3)` has questions 1 to 2, and none with the number 3."),
        (recall, (3, None, "a"), "`recall(3)` has questions 1 to 3, and none with the number None."),
        (recall, (3, True, "a"), "`recall(3)` has questions 1 to 3, and none with the number True."),
        (recall, (3, 1), "Question 1 has the choices a, b and c, and none called None."),
        (recall, (3, 1, "d"), "Question 1 has the choices a, b and c, and none called 'd'."),
    ],
)
def test_nothing_of_that_kind(call, arguments, seen):
    """What no quiz asks is refused with what there is, and how to write it."""
    with pytest.raises(NotAsked) as caught:
        call(*arguments)

    assert caught.value.seen == seen
    assert str(caught.value).endswith("`.")


@pytest.mark.parametrize("given", ["🦜" * 10_000, ["a"], {}, b"a"])
def test_any_answer(given):
    """Whatever is given as a choice is refused in a short text."""
    with pytest.raises(NotAsked) as caught:
        recall(3, 1, given)

    assert len(str(caught.value)) < 250


def test_notebook_that_cannot_be_read(monkeypatch):
    """Without the notebook the sentence stands alone."""
    monkeypatch.setattr("helpers.lessons.recall.recall_question.read_lessons", tuple)

    assert str(recall(3, 1, "a")) == "Not quite. He is Idle, and that Activity is available."
