"""Moment that TaskRouter may need for a Task, before a check judges whom it reserved."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from helpers.emulator.explanations import explain
from helpers.errors import WaitedInVain
from helpers.waiting.wait_for import wait_for

__all__ = ["wait_unless_excluded"]


def wait_unless_excluded(task: Any, worker: str) -> bool:
    """Wait until somebody is reserved for a pending Task, if no rule keeps the Worker of this name from it.

    Returns:
        True if it waited, so that the Task should be read again.
    """
    if task.assignment_status != "pending" or explain(task).about(worker):
        return False
    with suppress(WaitedInVain):  # then the check says what is there
        wait_for("Reservation offered", task)
    return True
