"""Lesson time and lengths of time in words."""

from __future__ import annotations

import pytest

from helpers.emulator.clock import LESSON_START
from helpers.timemachine.clockwork import clock_time, span


def test_clock_time():
    """A moment is told in UTC, whatever the machine's time zone."""
    assert clock_time(LESSON_START + 61_000) == "09:01:01"


@pytest.mark.parametrize(
    ("milliseconds", "words"), [(400, "0.4 s"), (3000, "3 s"), (60_000, "1 min"), (3_665_000, "1 h 1 min 5 s")]
)
def test_span(milliseconds, words):
    """Units that are nought are left out."""
    assert span(milliseconds) == words
