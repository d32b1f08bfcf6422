"""Staff that is added to Alice and Bob."""

from __future__ import annotations

import pytest

from helpers.errors.rush_hour_problems import NoSuchStaff
from helpers.rushhour.staff import Staff, read_staff


@pytest.mark.parametrize(
    ("added", "staff"),
    [
        ([], Staff({}, ("en",))),
        (["course"], Staff({}, ("en", "es"))),
        (["temp both"], Staff({"Temp": ("en", "es")}, ("en",))),
        (["temp English", "course", "temp both"], Staff({"Temp": ("en",), "Temp 2": ("en", "es")}, ("en", "es"))),
    ],
)
def test_staff_that_is_added(added, staff):
    """Temps are numbered from the second on; the course is Bob's."""
    assert read_staff(added) == staff


def test_staff_that_nobody_offers():
    """The error names what there is."""
    with pytest.raises(NoSuchStaff) as caught:
        read_staff(["temp Spanish"])

    assert str(caught.value) == (
        'The shop can\'t add \'temp Spanish\'. You can add "temp English", "temp both" and "course".'
    )


def test_staff_in_a_list():
    """A list that lacks its star, although it can't be looked up."""
    with pytest.raises(
        NoSuchStaff, match=r"can't add a list\. You can add .* Put a star before your list: `rush_hour\(\*st"
    ):
        read_staff([["temp both"]])
