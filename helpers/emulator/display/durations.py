"""Durations and times in words."""

from __future__ import annotations

from datetime import UTC, datetime

from ..clock import Millis

__all__ = ["clock_time", "day_and_time", "span", "utc_time"]

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60))
_DAYS_FROM = 2 * 86_400
"""Least seconds shown in days: the default timeout of a Task stays 24 h, not 1 d."""


def span(seconds: float, *, exact: bool = False) -> str:
    """Return ``1 min 5 s``, ``20 min``, ``24 h`` or ``14 d``: at most two units, rounded to seconds.

    Args:
        seconds: a negative number counts as 0.
        exact: use all units, with fractions of a second: ``1 h 3 min 0.25 s``.
    """
    left = max(0.0, seconds) if exact else max(0, round(seconds))
    parts = []
    for unit, size in _UNITS:
        if left >= (_DAYS_FROM if unit == "d" else size):
            number, left = divmod(left, size)
            parts.append(f"{number:g} {unit}")
    if left:
        parts.append(f"{left:g} s")
    return " ".join(parts if exact else parts[:2]) or "0 s"


def clock_time(moment: datetime) -> str:
    """Return ``09:00:12``."""
    return f"{moment:%H:%M:%S}"


def utc_time(moment: Millis, now: Millis | None = None) -> str:
    """Return ``09:02:11 UTC``, with the date if it is another day than that of ``now``."""
    told = datetime.fromtimestamp(moment / 1000, UTC)
    other_day = now is not None and told.date() != datetime.fromtimestamp(now / 1000, UTC).date()
    return f"{told:%Y-%m-%d %H:%M:%S} UTC" if other_day else f"{told:%H:%M:%S} UTC"


def day_and_time(moment: datetime) -> str:
    """Return ``Mon 2 Mar 2026, 09:00:12``, in English on every machine."""
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day} {moment.day} {month} {moment.year}, {clock_time(moment)}"


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
