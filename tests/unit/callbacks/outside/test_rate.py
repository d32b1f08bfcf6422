"""So many times in a minute."""

from __future__ import annotations

from helpers.callbacks.outside.rate import Rate


def test_minute_goes_by():
    """As time passes there is room again, one for each that is a minute old; what was refused doesn't count."""
    now = [0.0]
    rate = Rate(3, lambda: now[0])
    allowed = []
    for now[0] in (0.0, 1.0, 2.0, 3.0, 59.9, 60.0, 60.5, 61.0):
        allowed.append(rate.allow())

    assert allowed == [True, True, True, False, False, True, False, True]
