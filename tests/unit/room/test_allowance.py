"""An allowance is used up, and comes back with time."""

from __future__ import annotations

from helpers.room.allowance import Allowance


def test_so_many_at_once_then_as_time_allows():
    """A full one holds no more, however long it waits."""
    time = [0.0]
    allowance = Allowance(2, 1, lambda: time[0])

    at_first = [allowance.take() for _ in range(3)]
    time[0] = 1
    after_a_second = [allowance.take() for _ in range(2)]
    time[0] = 1000
    much_later = [allowance.take() for _ in range(3)]

    assert at_first == much_later == [True, True, False]
    assert after_a_second == [True, False]
