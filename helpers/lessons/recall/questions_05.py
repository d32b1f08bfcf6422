"""Recall questions of lesson 5: accepted and completed."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "Alice takes the Task. Which resource do you update?",
        {
            "the Reservation": "It says which Worker takes the Task. TaskRouter then assigns the Task.",
            "the Task": "TaskRouter updates the Task. You update the resource that says which Worker takes it.",
            "the Worker": "Her Activity doesn't say that she takes a Task.",
        },
        right="a",
        place="accept",
    ),
    RecallQuestion(
        "Which update accepts a Reservation?",
        {
            '`reservation_status="accept"`': (
                "TaskRouter returns an error. An update names the state you want, not the action."
            ),
            '`reservation_status="assigned"`': "That's a status of a Task. A Reservation doesn't have it.",
            '`reservation_status="accepted"`': "An update names the state you want.",
        },
        right="c",
        place="mistake",
    ),
    RecallQuestion(
        "The Task is completed. What makes Alice ready for the next one?",
        {
            "You set her Idle again.": "She is still Idle: her Activity never changed.",
            "Nothing more: her capacity is free again.": "Completing the Task made it free.",
            "You delete the Reservation.": "The Reservation is completed, too, and uses no capacity.",
        },
        right="b",
        place="free-again",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((4, 1), (3, 2))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
