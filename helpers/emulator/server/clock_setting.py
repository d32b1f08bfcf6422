"""Setting of the clock: how it begins, at the first start and after each reset."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from ..clock import END_OF_TIME, Clock, Millis
from ..emulator_errors import BadStart

__all__ = ["ClockSetting"]

_CLOCKS: dict[str, Callable[[], Clock]] = {"real": Clock.real, "paused": Clock.paused, "lesson": Clock.lesson}


class ClockSetting(NamedTuple):
    """Setting of the clock.

    ``begins`` is one of the four forms that :func:`.machine.start.start` explains; ``step`` is the time in seconds that
    each write takes while the clock stands still.
    """

    begins: str = "paused"
    step: float = 1

    def new_clock(self) -> Clock:
        """Return a clock as at the first start.

        Raises:
            BadStart: ``begins`` is none of the four forms, or ``step`` isn't a time.
        """
        clock = self._begin()
        try:
            clock.set_step(self.step)
        except ValueError as error:
            raise BadStart("step", f"{str(error).capitalize()}.") from None
        return clock

    def _begin(self) -> Clock:
        try:
            named = _CLOCKS.get(self.begins)
            return Clock.paused(_moment(self.begins)) if named is None else named()
        except (TypeError, ValueError, OverflowError):
            raise BadStart(
                "clock",
                f"The clock is {self.begins!r}. Choose real, paused, lesson, or a time from 1970 to 8999 at which it "
                "stands still, such as 2026-03-02T09:00:00Z.",
            ) from None


def _moment(text: str) -> Millis:
    """Return the epoch milliseconds of an ISO 8601 time, in UTC unless a zone is given."""
    moment = datetime.fromisoformat(text)
    moment_ms = round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
    if not 0 <= moment_ms < END_OF_TIME:
        raise ValueError(text)
    return moment_ms
