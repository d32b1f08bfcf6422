"""Reason why a prediction was wrong, in one sentence, by the emulator's rules."""

from __future__ import annotations

from typing import Any

from helpers.emulator.display.safe_text import one_line
from helpers.emulator.explanations.reading.workspace_reader import read_replica
from helpers.emulator.explanations.sentences.ineligibility import find_barrier
from helpers.emulator.sdk.sdk_reading import fetch_or_none
from helpers.predictions.question import NOBODY, Question

__all__ = ["explain_miss"]


def explain_miss(subject: Question, choice: str, event: Any) -> str:
    """Return why ``choice`` wasn't reserved at the moment of ``event``, which reserved somebody else.

    The present is judged instead if the past can't be read or ``event`` is None (nobody was reserved). The text is
    empty if there is no Task to judge by.
    """
    workspace = subject.workspace_at(event)
    task_sid = subject.task_sid if event is None else event.event_data["task_sid"]
    task = None if task_sid is None else fetch_or_none(workspace.tasks(task_sid))
    if task is None or (event is None and subject.end() is not None):
        return ""
    name = event.event_data["worker_name"] if choice == NOBODY else choice
    replica = read_replica(workspace, task=task)
    state = replica.sandbox().state
    worker = state.worker_named(name)
    if worker is None:
        return f"Worker {one_line(name)} no longer existed."
    if choice == NOBODY:
        return f"No rule excluded {one_line(name)}, and a Task waits for nothing else."
    found = find_barrier(state, worker, state.tasks[task.sid], replica.now)
    if found.rule is not None:
        return f"{one_line(name)} {found.words}."
    return (
        f"No rule excluded {one_line(name)} either. If several Workers are eligible, the step's order_by decides, or "
        "else who has been idle longest."
    )
