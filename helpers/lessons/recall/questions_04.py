"""Recall questions of lesson 4: an offer to a Worker."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "TaskRouter has reserved Alice, who was Idle. What is her Activity now?",
        {
            "Reserved": "Twilio's tutorial shows that. In a multitasking Workspace her Activity stays the same.",
            "Busy": "TaskRouter doesn't set it. In a multitasking Workspace her Activity stays the same.",
            "Idle": "A Reservation doesn't change her Activity. It uses her capacity.",
        },
        right="c",
        place="alice-now",
    ),
    RecallQuestion(
        "What did you do that made TaskRouter reserve Alice?",
        {
            "You set her Idle.": (
                "An eligible Worker became available, so TaskRouter reserved her for the waiting Task."
            ),
            "You updated the Task.": "You updated Alice, and your request didn't mention the Task.",
            "You created a Reservation.": "TaskRouter creates Reservations. You answer them.",
        },
        right="a",
        place="alice-idle",
    ),
    RecallQuestion(
        "Somebody changes one parameter of a signed callback. What does `RequestValidator(…).validate` return?",
        {
            "`True`, if the parameter isn't important": "The signature covers all parameters, so each one counts.",
            "`False`": "The signature was computed from other parameters, so it no longer matches.",
            "nothing: it raises an error": "It returns `False`, and your server decides what to reply.",
        },
        right="b",
        place="callback",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((2, 1), (3, 1))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
