"""Recall questions of lesson 11: a new Task."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "What did you pass when you created the Task?",
        {
            "a Workflow and attributes": "The Workflow decides by the attributes which queue the Task enters.",
            "a TaskQueue and attributes": "You named no queue. The Workflow's filter chose it.",
            "a Worker and attributes": "You named no Worker. TaskRouter chooses one who is eligible.",
        },
        right="a",
        place="new-task",
    ),
    RecallQuestion(
        "Your variable holds a Task, and TaskRouter reserves a Worker. What does the variable show?",
        {
            "the new status": "A variable holds what you read before. Fetch the Task again.",
            "the status that you read before": "Fetch the Task again to see the new one.",
            "an error": "Reading a property sends no request, so nothing fails.",
        },
        right="b",
        place="exercise-11-1-intro",
    ),
    RecallQuestion(
        "How do you find out which Worker was offered the Task?",
        {
            "from the Task's attributes": "They say what the customer needs.",
            "from the Workflow": "It names queues. TaskRouter chooses the Worker.",
            "from the Task's Reservation": "A Reservation links one Task with one Worker.",
        },
        right="c",
        place="reservation",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((10, 1), (10, 2))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
