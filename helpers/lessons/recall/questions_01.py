"""Recall questions of lesson 1: Workers, queues and filters."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "Why is Bob in the English queue?",
        {
            "Somebody added him to it.": (
                "You can't add a Worker to a TaskQueue. It has an expression that selects Workers."
            ),
            "He became Idle.": "His Activity says whether he's available. It doesn't put him into a queue.",
            "The queue's expression matches his attributes.": (
                '`languages HAS "en"` matches him. If his attributes change, TaskRouter checks again.'
            ),
        },
        right="c",
        place="members",
    ),
    RecallQuestion(
        "A Task matches none of a Workflow's filters, and there is no default filter. What happens?",
        {
            "TaskRouter cancels it.": "The Task has no queue to wait in. You get no error.",
            "It waits in the first queue.": (
                "A Task is in a queue only if a filter or a default filter names that queue."
            ),
            "You get an error when you create it.": (
                "TaskRouter accepts the request with status 201. Then it cancels the Task."
            ),
        },
        right="a",
        place="workflow",
    ),
    RecallQuestion(
        "You create a Worker in a new Workspace and pass no Activity. In which Activity does the Worker start?",
        {
            "Available": (
                "Then TaskRouter could offer Tasks at once. A new Worker starts in an Activity that isn't available."
            ),
            "Offline": "Offline isn't available, so TaskRouter offers this Worker nothing yet.",
            "Reserved": "A new Workspace doesn't have this Activity. You added it, with Idle and Busy.",
        },
        right="b",
        place="bob",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((0, 1), (0, 3))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
