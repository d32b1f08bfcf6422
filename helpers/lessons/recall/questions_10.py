"""Recall questions of lesson 10: channels and capacity."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "Which Tasks use a Worker's capacity?",
        {
            "those that the Worker has accepted": "They do. But pending Reservations use capacity, too.",
            "those with a Reservation that is pending or accepted": "The slot is in use from the offer on.",
            "all Tasks that wait in the Worker's queues": "A Task uses capacity only if it is offered to the Worker.",
        },
        right="b",
        place="accept-two",
    ),
    RecallQuestion(
        "Alice's phone rings. What is `assigned_tasks` of her channel voice?",
        {
            "0": "It counts accepted Tasks. The free part of the capacity tells you about a call that rings.",
            "1": "That's the number after she has accepted the call.",
            "100": "It isn't a number of Tasks: with no call, it's her `available_capacity_percentage`.",
        },
        right="a",
        place="ringing",
    ),
    RecallQuestion(
        "In a single-tasking Workspace Alice completes her Task. Who sets her Idle?",
        {
            "TaskRouter": "It sets her Reserved and Busy, but it doesn't set her Idle again.",
            "nobody: her Activity never changed": "That's so in a multitasking Workspace.",
            "your application": "Until it does, she is Busy and gets no Tasks.",
        },
        right="c",
        place="old-accept",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((8, 2), (9, 2))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
