"""Time of day and weekday, as expressions read them under ``taskrouter.``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

__all__ = ["taskrouter_names"]

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_THURSDAY = 3
"""1970-01-01, day 0 of Unix time, was a Thursday."""


def taskrouter_names(now_ms: int) -> Mapping[str, int | str]:
    """Return the ``taskrouter`` names at ``now_ms``, milliseconds since 1970, in UTC.

    ``currentTime`` is the number HHMM (09:05 is 905), ``currentHour`` and ``currentMin`` are text of
    two digits, ``dayOfWeek`` is ``Mon`` to ``Sun``. Source: reference 5.1.
    """
    return _names(now_ms // 60_000)


@lru_cache(maxsize=1)
def _names(minute_of_all: int) -> Mapping[str, int | str]:
    days, minutes = divmod(minute_of_all, 24 * 60)
    hour, minute = divmod(minutes, 60)
    return {
        "currentTime": hour * 100 + minute,
        "currentHour": f"{hour:02}",
        "currentMin": f"{minute:02}",
        "dayOfWeek": _WEEKDAYS[(days + _THURSDAY) % 7],
    }
