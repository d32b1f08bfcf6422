"""Moment that TaskRouter may need for a Task, before a check judges whom it reserved."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from helpers.errors.waiting_problems import WaitedInVain
from helpers.waiting.wait_for import wait_for

__all__ = ["await_routing"]

_LIMIT_SECONDS = 10.0
"""Time after which a check takes the Task for one that nobody gets; local mode needs none."""


def await_routing(task: Any) -> Any:
    """Wait for a limited time until somebody is reserved for a pending ``task``; return it as it is then."""
    if task.assignment_status != "pending":
        return task
    with suppress(WaitedInVain):  # then the check says what is there
        wait_for("Reservation offered", task, timeout=_LIMIT_SECONDS)
    return task.fetch()
