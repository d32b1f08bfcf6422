"""A seat's label is short, visible, and no person's address."""

from __future__ import annotations

import pytest

from helpers.errors.room_problems import BadSeat
from helpers.room.seat_report import read_seat


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("seat 12", "seat 12"),
        (12, "12"),
        ("  row 3,\n left ", "row 3, left"),
        ("asiento 7ª", "asiento 7ª"),
        ("席 12", "席 12"),
        ("<b>12</b>", "<b>12</b>"),
    ],
)
def test_label_is_shown_as_it_is_meant(label, shown):
    """Blanks around it and line ends go; what looks like HTML is only text."""
    assert read_seat(label) == shown


@pytest.mark.parametrize(
    ("label", "rule"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("x" * 25, "at most 24 characters"),
        ("x" * 10_000, "at most 24 characters"),
        ("seat\u202e21", "can't be seen"),
        ("seat\x00", "can't be seen"),
        ("alice@example.com", "not people"),
        (True, "text in quotes"),
        (None, "text in quotes"),
        (["seat 1"], "text in quotes"),
    ],
)
def test_label_that_cannot_stand_on_a_board(label, rule):
    """The error says the rule and what to type, and isn't longer than a few lines."""
    with pytest.raises(BadSeat) as refused:
        read_seat(label)

    assert rule in str(refused.value)
    assert 'share_progress("seat 12")' in str(refused.value)
    assert len(str(refused.value)) < 350
