"""Figures of waits: mean, percentile and service level."""

from __future__ import annotations

import pytest

from helpers.rushhour.customers import Customer
from helpers.rushhour.figures import Figures, count_waiting, figures_of, percentile
from helpers.rushhour.simulation import Served

TEN = [30, 75, 10, 59, 60, 61, 200, 5, 90, 45]


def test_figures_of_ten_waits():
    """Exactly 60 s is within 60 s."""
    assert figures_of(TEN) == Figures(10, 63.5, 90, 60.0)


def test_figures_of_nobody():
    """Nobody waited too long."""
    assert figures_of([]) == Figures(0, 0.0, 0, 100.0)


@pytest.mark.parametrize(("share", "wait"), [(1, 5), (10, 5), (11, 10), (50, 59), (90, 90), (91, 200), (100, 200)])
def test_percentile_is_a_wait_that_happened(share, wait):
    """The shortest one that so many percent didn't exceed."""
    assert percentile(TEN, share) == wait


def test_customers_who_wait_at_a_moment():
    """From the arrival on, and no longer once a Worker accepts."""
    served = [Served(Customer(10, 1, "es", 70), "Alice", 20), Served(Customer(10, 2, "en", 70), "Bob", 20)]

    assert count_waiting(served, "es", [9, 10, 29, 30]) == [0, 1, 1, 0]
