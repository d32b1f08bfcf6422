"""Words for what uses a Worker's capacity on a TaskChannel."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["capacity_words", "held_words"]


def held_words(held: Mapping[str, int]) -> str:
    """Return how many Reservations have each status, such as ``2 accepted, 1 pending``; empty if there are none."""
    return ", ".join(f"{number} {status}" for status, number in held.items() if number)


def capacity_words(held: Mapping[str, int], capacity: int) -> str:
    """Return ``3 of 3: 2 accepted, 1 pending``, ``1 of 1 pending`` or ``0 of 1``."""
    used = [status for status, number in held.items() if number]
    how = f" {used[0]}" if len(used) == 1 else f": {held_words(held)}" if used else ""
    return f"{sum(held.values())} of {capacity}{how}"
