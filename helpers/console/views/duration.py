"""Time in words: how long something takes or took, and what a clock shows."""

from __future__ import annotations

from datetime import datetime

__all__ = ["clock_time", "day_and_time", "duration"]

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def duration(seconds: float) -> str:
    """``seconds`` in at most two units: ``1 min 5 s``, ``20 min``, ``2 h 3 min``."""
    left = max(0, round(seconds))
    parts: list[str] = []
    for unit, size in _UNITS:
        if left >= size:
            parts.append(f"{left // size} {unit}")
            left %= size
    return " ".join(parts[:2]) or "0 s"


def clock_time(moment: datetime) -> str:
    """``09:00:12``."""
    return f"{moment:%H:%M:%S}"


def day_and_time(moment: datetime) -> str:
    """``Mon 2 Mar 2026, 09:00:12``, in English whatever the machine's language."""
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day} {moment.day} {month} {moment.year}, {clock_time(moment)}"


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
