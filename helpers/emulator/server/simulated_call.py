"""Simulated call, for programs: what its caller heard, and what caller and Worker do next."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .administration.phone import Phone

__all__ = ["SimulatedCall"]

Do = Callable[[Callable[["Phone"], Coroutine[Any, Any, dict[str, Any]]]], dict[str, Any]]
"""Function that runs a coroutine of the emulator's phone, and returns the call when all callbacks are answered."""


class SimulatedCall:
    """Simulated call of a customer, as it was after the latest method.

    Attributes:
        sid: SID of the call.
        status: Twilio's ``CallStatus``.
        stage: ``gathering`` keys, ``pausing``, ``waiting`` in a queue, ``talking``, ``over``, or ``asking`` the
            application.
        told: what the caller heard and what happened, a line each.
        seconds: seconds since the call was answered.
        task_sid: SID of its Task, or None.
        reservation_sid: SID of the Reservation of the Worker whose phone rings or who talks, or None.
    """

    sid: str
    status: str
    stage: str
    told: list[str]
    seconds: int
    task_sid: str | None
    reservation_sid: str | None

    def __init__(self, do: Do, dial: Callable[[Phone], Coroutine[Any, Any, dict[str, Any]]]) -> None:
        self._do = do
        self._take(dial)

    def __repr__(self) -> str:
        return f"SimulatedCall({self.sid!r}, stage={self.stage!r})"

    def press(self, digits: str) -> SimulatedCall:
        """Press keys of the caller's phone.

        Raises:
            Invalid: the call is over, or there is no such key.
        """
        return self._take(lambda phone: phone.press(self.sid, digits, patient=False))

    def pick_up(self) -> SimulatedCall:
        """Answer the Worker's phone, which rings for a call with ``worker_answers=False``.

        Raises:
            Invalid: no phone rings.
        """
        return self._take(lambda phone: phone.pick_up(self.sid, patient=False))

    def hang_up(self, party: str = "caller") -> SimulatedCall:
        """Hang up, as ``caller`` or as ``worker``, who declines if the phone still rings.

        Raises:
            Invalid: the call is over, or no Worker is on it.
        """
        return self._take(lambda phone: phone.hang_up(self.sid, party, patient=False))

    def fetch(self) -> SimulatedCall:
        """Read the call again."""
        return self._take(None)

    def _take(self, action: Callable[[Phone], Coroutine[Any, Any, dict[str, Any]]] | None) -> SimulatedCall:
        async def look(phone: Phone) -> dict[str, Any]:
            return phone.fetch(self.sid)

        if action is not None:
            self.sid = self._do(action)["sid"]
        vars(self).update(self._do(look))
        return self
