"""Lesson time in words."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["clock_time", "span"]


def clock_time(moment_ms: int) -> str:
    """``09:00:14``, in UTC."""
    return f"{datetime.fromtimestamp(moment_ms / 1000, UTC):%H:%M:%S}"


def span(milliseconds: int) -> str:
    """``1 min 5 s``: a length of time, to the second, or ``0.4 s`` where it is shorter."""
    if milliseconds < 1000:
        return f"{milliseconds / 1000:g} s"
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if number]
    return " ".join(parts)
