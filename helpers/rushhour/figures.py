"""Figures of a simulated day, by language: mean, percentile, service level and the longest queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from helpers.rushhour.simulation import Served

__all__ = ["Figures", "count_waiting", "figures_of", "percentile"]


class Figures(NamedTuple):
    """Figures of the customers of one language; times in seconds, the service level in percent."""

    customers: int
    mean: float
    percentile_90: int
    service_level: float


def figures_of(waits: Sequence[int], within: int = 60) -> Figures:
    """Return the figures of ``waits``; the service level is the share of those up to ``within`` seconds."""
    if not waits:
        return Figures(0, 0.0, 0, 100.0)
    in_time = sum(wait <= within for wait in waits)
    return Figures(len(waits), sum(waits) / len(waits), percentile(waits, 90), 100 * in_time / len(waits))


def percentile(waits: Sequence[int], share: int) -> int:
    """Return the shortest wait that at least ``share`` percent of the customers didn't exceed."""
    return sorted(waits)[-(-len(waits) * share // 100) - 1]


def count_waiting(served: Iterable[Served], language: str, moments: Iterable[int]) -> list[int]:
    """Return how many customers of ``language`` wait at each of ``moments``, in seconds after the opening."""
    waits = [
        (each.customer.arrives, each.customer.arrives + each.waited)
        for each in served
        if each.customer.language == language
    ]
    return [sum(start <= moment < end for start, end in waits) for moment in moments]
