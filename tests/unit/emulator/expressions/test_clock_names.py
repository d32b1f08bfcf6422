"""The taskrouter names tell the time in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.emulator.expressions import taskrouter_names


@pytest.mark.parametrize(
    ("moment", "names"),
    [
        ("2026-03-02 09:05", {"currentTime": 905, "currentHour": "09", "currentMin": "05", "dayOfWeek": "Mon"}),
        ("2026-03-08 23:59", {"currentTime": 2359, "currentHour": "23", "currentMin": "59", "dayOfWeek": "Sun"}),
        ("1970-01-01 00:00", {"currentTime": 0, "currentHour": "00", "currentMin": "00", "dayOfWeek": "Thu"}),
    ],
)
def test_names_of_a_moment(moment: str, names: dict[str, object]) -> None:
    """HHMM as a number, hour and minute as two digits of text, the weekday in three letters."""
    now = datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)

    assert taskrouter_names(int(now.timestamp() * 1000)) == names


@given(now=st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
@settings(derandomize=True)
def test_names_agree_with_the_calendar(now: datetime) -> None:
    """Python's calendar says the same of any moment."""
    names = taskrouter_names(int(now.replace(microsecond=0).timestamp()) * 1000)

    assert names["currentTime"] == now.hour * 100 + now.minute
    assert ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").index(str(names["dayOfWeek"])) == now.weekday()
