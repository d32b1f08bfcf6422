"""Staff that the shop can add, each kind by its name and what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from helpers.errors.rush_hour_problems import NoSuchStaff

__all__ = ["COSTS", "Staff", "read_staff"]

COSTS = {"temp English": 100, "temp both": 140, "course": 60}
"""Cost of each, for one Saturday."""

_LANGUAGES = {"temp English": ("en",), "temp both": ("en", "es")}


class Staff(NamedTuple):
    """Staff of a day."""

    temps: dict[str, tuple[str, ...]]
    """Languages of each temp by name."""
    bob: tuple[str, ...]
    """Languages of Bob, who can take a course in Spanish."""


def read_staff(added: Iterable[str]) -> Staff:
    """Return the staff with what is ``added`` to Alice and Bob.

    Raises:
        NoSuchStaff: the shop can't add that.
    """
    names = list(added)
    for name in names:
        if not isinstance(name, str) or name not in COSTS:
            raise NoSuchStaff(name, COSTS)
    temps = [_LANGUAGES[name] for name in names if name in _LANGUAGES]
    bob = ("en", "es") if "course" in names else ("en",)
    return Staff({"Temp" if place == 1 else f"Temp {place}": each for place, each in enumerate(temps, 1)}, bob)
