"""Problems of the time machine: the past isn't there, or can't be changed."""

from __future__ import annotations

from helpers.errors import HelperError

__all__ = [
    "NoHistory",
    "PastIsFixed",
    "TimeMachineProblem",
    "UnknownMoment",
]


class TimeMachineProblem(HelperError):
    """Error of the time machine."""


class NoHistory(TimeMachineProblem):
    """Error for going back in a TaskRouter that isn't the kernel's own emulator."""

    def __init__(self) -> None:
        super().__init__(
            "You can go back in time only with the emulator in the notebook's kernel. Run the lesson in local mode, "
            "without TASKROUTER_URL. From Twilio, or from a server at TASKROUTER_URL, you can read what happened as "
            "events: `workspace.events.list()`."
        )


class UnknownMoment(TimeMachineProblem):
    """Error for ``given``, which doesn't name a moment."""

    def __init__(self, given: str, rule: str) -> None:
        super().__init__(f"{given} {rule}")
        self.given = given


class PastIsFixed(TimeMachineProblem):
    """Error for a request to a past moment that would change it; ``method`` is its HTTP method."""

    def __init__(self, method: str) -> None:
        super().__init__(
            f"This client reads the past, and a {method} request would change it. Create a branch, `branch = "
            "then.branch()`, and make the change with `branch.workspace`."
        )
        self.method = method
