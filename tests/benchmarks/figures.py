"""What a benchmark finds: figures with their limits, medians over interleaved rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

__all__ = ["FULL", "SMALL", "Figure", "Size", "median_ratio", "percentile"]


@dataclass(frozen=True)
class Size:
    """How much is measured: ``FULL`` for the report, ``SMALL`` to see that everything still works."""

    rounds: int
    sdk_calls: int
    requests: int
    """Through the fast client, in each round."""
    reservations: int
    starts: int
    settle_seconds: float
    """After this a server has loaded what the first callback needs."""
    small: tuple[int, int]
    """Tasks and Workers."""
    large: tuple[int, int]
    assignments: int
    timers: int


FULL = Size(
    rounds=25,
    sdk_calls=40,
    requests=1000,
    reservations=8,
    starts=5,
    settle_seconds=1.5,
    small=(1_000, 100),
    large=(100_000, 10_000),
    assignments=20,
    timers=10_000,
)
"""Many short rounds rather than few long ones: what else the machine does then falls on all alike."""

SMALL = Size(
    rounds=1,
    sdk_calls=2,
    requests=20,
    reservations=1,
    starts=1,
    settle_seconds=0,
    small=(20, 2),
    large=(40, 4),
    assignments=2,
    timers=10,
)


@dataclass(frozen=True)
class Figure:
    """One result and what it must keep to, if anything: at most ``limit``, or at least that.

    ``detail`` gives what it is made of.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    detail: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the limit is kept; None if there is none."""
        if self.limit is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def median_ratio(values: Sequence[float], floors: Sequence[float]) -> float:
    """The median of the rounds' ratios: whatever else the machine did in a round, it did to both."""
    return median(value / floor for value, floor in zip(values, floors, strict=True))


def percentile(values: Sequence[float], share: float) -> float:
    """What ``share`` of the values do not exceed."""
    return sorted(values)[int(share * (len(values) - 1))]
