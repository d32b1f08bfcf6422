"""Customers of a simulated day: when each arrives, the language, and how long the work takes."""

from __future__ import annotations

import math
from random import Random
from typing import NamedTuple

__all__ = ["Customer", "draw_customers"]

_FIRST_ORDER = 1001
_LEAST_WORK_SECONDS = 10
_MORE_WORK_SECONDS = 60
"""Mean of what comes on top: most customers need little time, and a few need much."""


class Customer(NamedTuple):
    """Customer of the day; ``arrives`` is in seconds after the shop opens, ``work`` in seconds after the answer."""

    arrives: int
    order: int
    language: str
    work: int


def draw_customers(count: int, *, hours: float, spanish: float, seed: str, evenly: bool = False) -> list[Customer]:
    """Return ``count`` customers in the order of their arrival, the same ones on every run.

    Each takes four random numbers, whatever the other arguments are. So two days with the same seed differ only in what
    was changed.

    Args:
        count: number of customers.
        hours: length of the day.
        spanish: chance that a customer speaks Spanish, 0 to 1.
        seed: another one gives another day.
        evenly: False lets arrivals peak in the middle of the day.
    """
    drawn = []
    numbers = Random(seed)
    for _ in range(count):
        first, second, third, fourth = (numbers.random() for _ in range(4))
        share = first if evenly else (first + second) / 2  # the sum of two dice is most often in the middle
        drawn.append((int(share * hours * 3600), "es" if third < spanish else "en", _draw_work(fourth)))
    return [
        Customer(arrives, order, language, work)
        for order, (arrives, language, work) in enumerate(sorted(drawn), _FIRST_ORDER)
    ]


def _draw_work(number: float) -> int:
    return _LEAST_WORK_SECONDS + round(-_MORE_WORK_SECONDS * math.log(1 - number))
