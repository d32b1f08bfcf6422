"""Recall questions of lesson 13: what helps whom, what makes ignored offers expensive, and what has to be equal."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "Why did a temp who speaks only English help Spanish customers?",
        {
            "TaskRouter put Spanish Tasks into the English queue.": "The Workflow's filter hasn't changed.",
            "Alice had fewer English customers.": "The temp served them, so Alice was free for others sooner.",
            "Fewer Spanish customers came.": "The seed was the same, and so the same customers came.",
        },
        right="b",
        place="temps-seen",
    ),
    RecallQuestion(
        "Every tenth offer is ignored. What made customers wait longest?",
        {
            "a timeout of 20 s instead of 120 s": "The short timeout was the better one.",
            "a timeout of 120 s instead of 20 s": "That was worse, but something else was worse still.",
            "ten minutes until somebody sets the Worker Idle": "The Worker is Offline, and half of the desk is gone.",
        },
        right="c",
        place="late-seen",
    ),
    RecallQuestion(
        "You compare two simulated days. What has to be the same?",
        {
            "the customers and their work": "Then only what you changed makes a difference. The seed takes care of it.",
            "the staff": "That's what you change.",
            "the mean wait": "That's what you compare.",
        },
        right="a",
        place="seeds",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((3, 1), (5, 3))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
