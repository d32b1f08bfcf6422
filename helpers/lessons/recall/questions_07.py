"""Recall questions of lesson 7: tunnels."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "The host of a callback URL is `127.0.0.1`. Why can't Twilio reach your machine with it?",
        {
            "`127.0.0.1` means “this machine”.": "Twilio's machine would call itself.",
            "Your machine's port is closed.": "Twilio's request doesn't get to your machine, whatever its port.",
            "A callback URL has to begin with `https`.": "The host is wrong here, and `https` doesn't change that.",
        },
        right="a",
        place="why",
    ),
    RecallQuestion(
        "A callback comes through a tunnel. Which URL does its signature cover?",
        {
            "the local one, with `127.0.0.1`": (
                "Your server sees this URL. But TaskRouter called the public one, and signed that."
            ),
            "the public one": "TaskRouter signs the URL that it calls. So your application needs it as a setting.",
            "none: the tunnel removes the signature": "The tunnel passes the header on, and adds others.",
        },
        right="b",
        place="callback",
    ),
    RecallQuestion(
        "The tunnel ends as in a crash. Who tells you?",
        {
            "TaskRouter": "It cancels the Reservation and tries again. It can't tell you, because it can't reach you.",
            "the next cell, with an error": "No cell fails. Your application gets no callback, that's all.",
            "nobody, until you look": "`listener` shows it, and so does `explain(task)`.",
        },
        right="c",
        place="lost",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((4, 3), (6, 1))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
