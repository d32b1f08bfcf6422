"""Recall questions of lesson 8: unanswered, rejected, and left behind."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "Nobody answers Alice's offer in time, and she becomes Offline. Where is that set?",
        {
            "in Alice's attributes": "They say what she can do, not what happens to her.",
            "in the Workflow": "It says how long an offer waits, and not what happens to the Worker then.",
            "in the Workspace, as its timeout Activity": "TaskRouter moves every Worker there who doesn't answer.",
        },
        right="c",
        place="timeout-activity",
    ),
    RecallQuestion(
        "Alice is the only eligible Worker. She rejects an offer, and names no Activity. What happens?",
        {
            "TaskRouter offers her the same Task again.": "She is still eligible, so she is asked again at once.",
            "She becomes Offline.": "That happens if she doesn't answer. A rejected offer is answered.",
            "The Task is canceled.": "It's pending again, and TaskRouter looks for a Worker at once.",
        },
        right="a",
        place="reject",
    ),
    RecallQuestion(
        "An offer is open, and Alice sets herself Offline. What becomes of the offer?",
        {
            "TaskRouter offers the Task to somebody else.": "Not before this offer has ended.",
            "It stays pending until its time is up.": "An Activity is only about new offers.",
            "It is rejected.": "Only if the update has `reject_pending_reservations=True`.",
        },
        right="b",
        place="leave",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((5, 1), (3, 1))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
