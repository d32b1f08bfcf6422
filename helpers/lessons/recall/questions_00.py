"""Recall questions of lesson 0: stages, modes and SIDs."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "Which stage comes right after “eligible Worker becomes available”?",
        {
            "Reservation accepted": (
                "A Worker can't accept a Reservation before it exists. “Worker reserved” comes first."
            ),
            "Worker reserved": "TaskRouter creates a Reservation, which offers the Task to that Worker.",
            "Task assigned to Worker": "That's the last stage. First the Worker has to be reserved, and to accept.",
        },
        right="b",
        place="preview-accept",
    ),
    RecallQuestion(
        "The set-up cell shows `Connection(local, …)`. Where do your requests go?",
        {
            "to an emulator on your machine": "It responds as Twilio does, and nothing leaves your machine.",
            "to Twilio, with your account": "That's live mode. It starts only if you ask for it.",
            "nowhere: the library makes up the responses": (
                "The library sends real HTTP requests, and `show_wire` shows them."
            ),
        },
        right="a",
        place="setup",
    ),
    RecallQuestion(
        "How does TaskRouter identify a Workspace?",
        {
            "by its name": "Lesson 0 tried that. The response was an error with status 404.",
            "by its place in the list": "The order changes when Workspaces are created or deleted.",
            "by its SID": "A Workspace's SID is the letters WS and 32 hexadecimal digits.",
        },
        right="c",
        place="mistake",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ()
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
