"""Recall questions of lesson 14: what accepts by itself, whose number rings, and who completes the Task."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "Which instruction accepts the Reservation by itself?",
        {
            "`dequeue`": "As soon as the Worker's phone is answered, the Reservation is accepted.",
            "`call`": "It only rings the Worker's phone. You accept, or the TwiML that the Worker gets does.",
            "`redirect`": "It only sends the caller to other TwiML. The Reservation stays pending.",
        },
        right="a",
        place="talk-seen",
    ),
    RecallQuestion(
        "Why does Alice need the attribute `contact_uri`?",
        {
            "The queue's expression reads it.": "The queue's expression reads her languages.",
            "The caller sees this number.": "The caller dialed the shop's number. `contact_uri` is Alice's.",
            "It's the number that rings.": "Without it, and without `to`, a dequeue fails with error 40131.",
        },
        right="c",
        place="refused-seen",
    ),
    RecallQuestion(
        "The talk is over, in a multitasking Workspace. Who completes the Task?",
        {
            "TaskRouter": "That's true in a single-tasking Workspace. Here the Task stays *wrapping*.",
            "your application": "Until then the Task is *wrapping*, and uses Alice's only place for calls.",
            "the caller": "Hanging up ends the call, and leaves the Task *wrapping*.",
        },
        right="b",
        place="wrapping-seen",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((6, 2), (10, 1))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
