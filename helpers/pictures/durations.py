"""Lengths of time in full, as a record needs them; ``console.views.duration`` rounds, as a glance does."""

from __future__ import annotations

__all__ = ["spelled"]


def spelled(milliseconds: float) -> str:
    """``1 h 3 min 20 s``; parts that are nought are left out."""
    minutes, seconds = divmod(milliseconds / 1000, 60)
    hours, minutes = divmod(int(minutes), 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else "", f"{seconds:g} s" if seconds else ""]
    return " ".join(filter(None, parts)) or "0 s"
