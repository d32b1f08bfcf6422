"""Recall questions of lesson 11: events and statistics."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "An event arrives a second time. How do you notice?",
        {
            "It has the same `TimestampMs`.": "Different events of one millisecond have the same one, too.",
            "It has the same `TaskSid`.": "All events of a Task have that.",
            "It has the same `Sid`.": "It's the event's own SID. No other event has it.",
        },
        right="c",
        place="arrived",
    ),
    RecallQuestion(
        "`total_available_workers` is 2, and a customer waits in that queue. Why might that be?",
        {
            "Both Workers are Offline.": "Offline isn't available, so they wouldn't count.",
            "Both have no free capacity.": "The figure is about Activities only.",
            "Neither matches the queue.": "Only Workers who match the queue count.",
        },
        right="b",
        place="capacity",
    ),
    RecallQuestion(
        "Why is `events.list()` empty this afternoon?",
        {
            "It looks back 15 minutes, and nothing happened since.": "With `minutes=60` it looks back an hour.",
            "TaskRouter has deleted the events.": "It keeps them for thirty days.",
            "An event that was sent isn't listed.": "The list has all events, sent or not.",
        },
        right="a",
        place="window",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((8, 2), (10, 1))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
