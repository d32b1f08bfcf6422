"""Problems of a quiz: it has no such question or choice."""

from __future__ import annotations

from helpers.errors import HelperError

__all__ = ["NotAsked"]


class NotAsked(HelperError):
    """Error for a lesson, a question or a choice that no quiz has; ``seen`` says which."""

    def __init__(self, seen: str, next_step: str) -> None:
        super().__init__(f"{seen} {next_step}")
        self.seen = seen
