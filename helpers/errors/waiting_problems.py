"""Problems of waiting: for what can't be awaited, or in vain."""

from __future__ import annotations

from helpers.errors import HelperError

__all__ = [
    "NotAwaitable",
    "WaitedInVain",
    "WaitingProblem",
]


class WaitingProblem(HelperError):
    """Error of a wait for what TaskRouter does by itself."""


class NotAwaitable(WaitingProblem):
    """Error for an argument of ``wait_for`` that it can't work with."""

    def __init__(self, given: str, rule: str) -> None:
        super().__init__(f"You passed {given} to `wait_for`. {rule}")
        self.given = given


class WaitedInVain(WaitingProblem):
    """Error for a wait whose end can't be reached, or wasn't reached in time.

    ``awaited`` describes what should have come, ``seen`` what is there instead, and ``seconds`` how long it was
    waited for; None if nothing could come, so that there was no wait.
    """

    def __init__(self, awaited: str, seen: str, seconds: float | None, next_step: str) -> None:
        if seconds is None:
            told = f"Didn't wait for {awaited}: the emulator's clock stands still, so nothing more happens by itself."
        else:
            told = f"Waited {seconds:.0f} s for {awaited}, but it didn't happen."
        super().__init__(f"{told} {seen} {next_step}".rstrip())
        self.awaited = awaited
        self.seen = seen
        self.seconds = seconds
