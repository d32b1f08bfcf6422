"""Questions about lessons, answered by heart in the widget or in code, and never graded.

::

    recall(3)               the three questions at the end of lesson 3, as radio groups
    recall(3, 1, "b")       answers the first of them
    warm_up(3)              the two questions from earlier lessons that lesson 3 starts with
"""

from __future__ import annotations

from helpers.lessons.recall.asked_questions import select_end, select_warm_up
from helpers.lessons.recall.quiz import Quiz
from helpers.lessons.recall.recall_answer import RecallAnswer

__all__ = ["recall", "warm_up"]

_quizzes: dict[str, Quiz] = {}
"""Quizzes by the call that shows them: the widget above and a call in code answer the same one."""


def recall(lesson: int | str, number: int | None = None, choice: str | None = None) -> Quiz | RecallAnswer:
    """Ask the three questions at the end of ``lesson``, or answer one of them.

    Args:
        lesson: its number, such as 3 or "03".
        number: the question to answer, counted from 1.
        choice: the letter of the answer, such as "b".

    Raises:
        NotAsked: there is no such lesson, question or choice.
    """
    asked = select_end(lesson)
    return _ask(Quiz(f"recall({int(lesson)})", "Three questions about this lesson.", asked), number, choice)


def warm_up(lesson: int | str, number: int | None = None, choice: str | None = None) -> Quiz | RecallAnswer:
    """Ask the two questions from earlier lessons that ``lesson`` starts with, or answer one of them.

    They are the same for everybody. The arguments are those of ``recall``.

    Raises:
        NotAsked: there is no such lesson, question or choice.
    """
    asked = select_warm_up(lesson)
    return _ask(Quiz(f"warm_up({int(lesson)})", "Two questions from earlier lessons.", asked), number, choice)


def _ask(new: Quiz, number: int | None, choice: str | None) -> Quiz | RecallAnswer:
    quiz = _quizzes.setdefault(new.call, new)
    return quiz if number is None and choice is None else quiz.answer(number, choice)
