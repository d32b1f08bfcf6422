"""Expectations of a wait: what should come of a Task, when it can't come any more, and what to do then."""

from __future__ import annotations

from twilio.base.exceptions import TwilioException

from helpers.callbacks import Received
from helpers.connection import Connection
from helpers.emulator.display.safe_text import short_sid
from helpers.emulator.engine.model.statuses import HELD
from helpers.waiting.task_watch import TaskWatch

__all__ = ["Assigned", "Made", "Offered"]


class Offered:
    """Reservation of a Task, pending or accepted."""

    AWAITED = "a Reservation of {task}"

    def __init__(self, watch: TaskWatch, connection: Connection) -> None:
        self.watch = watch
        self._connection = connection
        self.received: Received | None = None
        """Callback that has come, where one was awaited."""

    @property
    def awaited(self) -> str:
        """Description of what should come."""
        return self.AWAITED.format(task=f"Task {short_sid(self.watch.sid)}")

    def is_met(self) -> bool:
        """Return True if it has come."""
        return self.watch.offered is not None

    def is_vain(self) -> bool:
        """Return True if it can't come any more, however long one waits."""
        return self.watch.status in ("canceled", "gone")

    def advise(self) -> str:
        """Return what to do, after it hasn't come."""
        if self.is_vain():
            return "No Worker can get this Task any more. Create another Task, or run the `catch_up` cell again."
        if self.watch.status != "pending":
            return "Run the cell again."
        return f"{self._explain()} Run `explain(task)` to find out more.".lstrip()

    def _explain(self) -> str:
        """Return in a sentence why the Task waits; empty if that can't be said now."""
        from helpers.emulator.explanations import explain  # here, as a wait that succeeds needs none

        try:
            short = explain(self.watch.task).short  # elsewhere it stands after a colon
            return short[:1].upper() + short[1:]
        except (TwilioException, OSError):
            return ""


class Made(Offered):
    """Reservation of a Task, whatever has become of it."""

    def is_met(self) -> bool:
        """Return True if there is one, or was."""
        return bool(self.watch.reservations)


class Assigned(Offered):
    """Acceptance of a Task's Reservation, as the Task shows it."""

    AWAITED = "{task} to be assigned"

    def is_met(self) -> bool:
        """Return True if the Task is assigned, or was."""
        return self.watch.status in (*HELD, "completed")

    def advise(self) -> str:
        """Return what to do, after it hasn't come."""
        if self.watch.status == "reserved":
            return (
                'Accept its Reservation, `reservation.update(reservation_status="accepted")`, then run the cell again.'
            )
        return super().advise()
