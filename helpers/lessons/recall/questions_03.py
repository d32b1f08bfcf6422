"""Recall questions of lesson 3: Tasks that wait."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "Bob is Idle. Why doesn't TaskRouter offer him the Spanish Task?",
        {
            "His Activity isn't available.": "He is Idle, and that Activity is available.",
            "The queue's expression doesn't match him.": (
                "To be eligible, a Worker must match the expression and be available. Bob is only available."
            ),
            "TaskRouter keeps the Task for Alice.": (
                "This Task isn't reserved for Alice. TaskRouter would offer it to any eligible Worker."
            ),
        },
        right="b",
        place="who-can",
    ),
    RecallQuestion(
        "You run the cell that creates a Task twice. What do you get?",
        {
            "two Tasks": "Each request creates a Task with a SID of its own.",
            "one Task: the second request changes nothing": "TaskRouter can't know that you mean the same customer.",
            "an error: the attributes are taken": "Any number of Tasks can have the same attributes.",
        },
        right="a",
        place="create",
    ),
    RecallQuestion(
        "What did you pass when you created the Task?",
        {
            "a TaskQueue and attributes": "You didn't name a queue. The Workflow's filter chose it.",
            "a Worker and attributes": "You didn't name a Worker. TaskRouter chooses an eligible one.",
            "a Workflow and attributes": "The Workflow reads the attributes and picks the queue.",
        },
        right="c",
        place="create",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((1, 2), (2, 2))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
