"""Lesson 11: the status of a Task."""

from __future__ import annotations

from helpers.connection import connect
from helpers.lessons.checks.answers import normalize, read_text, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.verdict import NotJudged, NotYet
from helpers.lessons.story import find, workspace_of

__all__ = ["CHECKS", "HINTS"]

_OTHER = {
    "accepted": "That's a status of a Reservation.",
    "created": "The Task is created, but its status is another word.",
    "done": "TaskRouter says completed, and only after somebody has accepted the Task.",
    "rejected": "That's a status of a Reservation.",
    "waiting": "TaskRouter says pending.",
}
"""Words that aren't the status of a Task, each with the reason."""


def tells_the_status(status: object) -> str:
    """11.1: the assignment_status of the latest Task."""
    answer = normalize(read_text("status", status, '"pending"'))
    client = connect().make_onlooker()
    latest = workspace_of(client, find(client)).tasks.list(ordering="DateCreated:desc", limit=1)
    if not latest:
        raise NotJudged("There is no Task yet.", "Run the lesson's cells from the top, and then this one again.")
    if answer != latest[0].assignment_status:
        hint = _OTHER.get(answer, "Fetch the Task and read `assignment_status`.")
        pointer = "A variable holds what you read before. Fetch the Task again." if answer == "pending" else ""
        raise NotYet(f"{spell(answer)} isn't the status it has now.", hint, pointer=pointer)
    return f"The Task is {latest[0].assignment_status}."


CHECKS = {"11.1": tells_the_status}

HINTS = {
    "11.1": Hints(
        nudge="Does `task` know what TaskRouter has done since you created it?",
        pointer="A variable holds what you read before. Fetch the Task again, and read its status.",
        line="status = workspace.tasks(task.sid).___().assignment_status",
    ),
}
