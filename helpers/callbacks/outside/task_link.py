"""Link with a secret in it, at which people outside can create Tasks, a few in a minute."""

from __future__ import annotations

import secrets

from helpers.callbacks.outside.rate import Rate
from helpers.callbacks.routes import CREATE_TASK

__all__ = ["TASKS_A_MINUTE", "TaskLink"]

TASKS_A_MINUTE = 10
"""Limit for all who have the link together: in live mode each Task costs money."""


class TaskLink:
    """Secret path that leads to ``/create_task`` while it is open."""

    def __init__(self) -> None:
        self.rate = Rate(TASKS_A_MINUTE)
        self._path: str | None = None

    def renew(self) -> str:
        """Return a new secret path; the one before it leads nowhere from now on."""
        self._path = f"{CREATE_TASK}/{secrets.token_urlsafe(16)}"
        return self._path

    def close(self) -> None:
        """Let the path lead nowhere."""
        self._path = None

    def leads_from(self, path: str) -> bool:
        """Return True for the secret path; it takes the same time for every other path of its length."""
        own = self._path
        return own is not None and secrets.compare_digest(path.encode(), own.encode())
