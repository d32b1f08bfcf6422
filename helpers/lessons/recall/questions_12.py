"""Recall questions of lesson 12: symptoms, the three places, and copies of a callback."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "There is no alert, and the offer times out although your app was called. Which two faults can it be?",
        {
            "a stale URL or a slow reply": "Both leave an alert: TaskRouter got no reply in time.",
            "an empty reply or a late accept": "TaskRouter waits for an answer that comes too late, or never.",
            "a duplicate or reordered events": "With both the Task is assigned, and TaskRouter doesn't complain.",
        },
        right="b",
        place="silent-seen",
    ),
    RecallQuestion(
        "An alert has code 11200. What in it shows that something replied?",
        {
            "an HTTP status": "Your app sent it, or a tunnel on the way. Without a status, no reply came in time.",
            "the code itself": "A stale URL gets the same code, and there nothing replied.",
            "that there are many of them": "Each new offer makes one, whether something replied or not.",
        },
        right="a",
        place="stale-seen",
    ),
    RecallQuestion(
        "How does your app know that an assignment callback is a copy of one that it has handled?",
        {
            "It has the same `TaskSid`.": "So has a second offer of the same Task, and that isn't a copy.",
            "It comes within a few seconds.": "So can the callback of another customer.",
            "It has the same `ReservationSid`.": "Each offer has a Reservation of its own, so only a copy repeats it.",
        },
        right="c",
        place="step-cures",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((2, 2), (6, 1))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
