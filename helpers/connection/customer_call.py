"""Customer's call to the learner's application, which the emulator simulates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["CustomerCall"]


class CustomerCall:
    """Simulated call of a customer, as it was after the latest method.

    Attributes:
        stage: ``gathering`` keys, ``waiting`` in a queue, ``talking``, ``over``, and so on.
        told: what the caller heard and what happened, a line each.
        task_sid: SID of its Task, or None.
        reservation_sid: SID of the Reservation of the Worker whose phone rings or who talks, or None.
    """

    sid: str
    stage: str
    told: list[str]
    task_sid: str | None
    reservation_sid: str | None

    def __init__(self, ask: Callable[..., Any], given: dict[str, str]) -> None:
        self._ask = ask
        self.sid = ask("calls", **given)["sid"]
        self.fetch()

    def __repr__(self) -> str:
        return "\n".join([*self.told, f"({self.stage})"])

    def press(self, digits: str) -> CustomerCall:
        """Press keys of the caller's phone.

        Raises:
            EmulatorRefused: the call is over, or there is no such key.
        """
        return self._do("press", digits=digits)

    def pick_up(self) -> CustomerCall:
        """Answer the Worker's phone.

        Raises:
            EmulatorRefused: no phone rings.
        """
        return self._do("answer")

    def hang_up(self, party: str = "caller") -> CustomerCall:
        """Hang up, as ``caller`` or as ``worker``, who declines if the phone still rings.

        Raises:
            EmulatorRefused: the call is over, or no Worker is on it.
        """
        return self._do("hangup", party=party)

    def fetch(self) -> CustomerCall:
        """Read the call again."""
        vars(self).update(self._ask(f"calls/{self.sid}", method="GET"))
        return self

    def _do(self, action: str, **given: str) -> CustomerCall:
        self._ask(f"calls/{self.sid}/{action}", **given)
        return self.fetch()
