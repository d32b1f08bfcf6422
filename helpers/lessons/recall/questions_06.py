"""Recall questions of lesson 6: an application of one's own."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "Your app is down when TaskRouter calls it, and the Workflow has a fallback URL. What happens?",
        {
            "TaskRouter cancels the Task.": "A failed callback can end the Reservation, but not the Task.",
            "TaskRouter waits until your app runs again.": (
                "It waits five seconds at most. Then it needs another address."
            ),
            "TaskRouter sends the callback to the fallback URL.": "Its reply counts as your app's reply does.",
        },
        right="c",
        place="broken",
    ),
    RecallQuestion(
        'Your app replies `{"instruction": "accept"}`. What do you still have to send to accept the Reservation?',
        {
            "nothing": "TaskRouter carries out the instruction: the Reservation is accepted, and the Task is assigned.",
            "an update of the Reservation": ("You send that after the reply `{}`. This reply has already accepted."),
            "an update of the Task": "TaskRouter assigns the Task by itself when its Reservation is accepted.",
        },
        right="a",
        place="accepted",
    ),
    RecallQuestion(
        "Where does your app get the Auth Token?",
        {
            "It's written in `app.py`.": "Then anybody who gets the file gets your token, too.",
            "It's in the environment.": "The secret stays out of the code, and one file works on each machine.",
            "It's in the callback.": "A callback is signed with the token, and doesn't contain it.",
        },
        right="b",
        place="app-settings",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((2, 3), (5, 1))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
