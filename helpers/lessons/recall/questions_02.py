"""Recall questions of lesson 2: callbacks and signatures."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "When does TaskRouter send the assignment callback?",
        {
            "when it reserves a Worker": "It asks your server what to do with the new Reservation.",
            "when somebody creates a Task": (
                "A new Task may have to wait for a Worker, and without a Worker there is no assignment callback."
            ),
            "when the Worker accepts": "The callback comes earlier. Your reply to it can accept the Reservation.",
        },
        right="a",
        place="step-callback",
    ),
    RecallQuestion(
        "Your server replies `{}`. What does TaskRouter do?",
        {
            "It cancels the Reservation.": "It does that if the reply is late or has an error status.",
            "It leaves the Reservation pending.": "`{}` means that you accept or reject later, over the REST API.",
            "It accepts the Reservation.": (
                'To accept with your reply, send an instruction: `{"instruction": "accept"}`.'
            ),
        },
        right="b",
        place="step-callback",
    ),
    RecallQuestion(
        "How does your server know that a request comes from Twilio?",
        {
            "by the SIDs among its parameters": "Anybody who has seen a SID can send it, too.",
            "by its path, `/assignment_callback`": "Anybody can send a request to that path.",
            "by the header `X-Twilio-Signature`": (
                "It's computed from the URL, the parameters and the Auth Token, which only Twilio and you know."
            ),
        },
        right="c",
        place="signed",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((0, 2), (1, 1))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
