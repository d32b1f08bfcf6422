"""Problems of a simulated day: settings with which nobody could work."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.emulator.display.safe_text import clip
from helpers.emulator.display.value_kinds import kind
from helpers.errors import HelperError

__all__ = ["BadDay", "NoSuchStaff", "NotADay", "RushHourProblem"]


class RushHourProblem(HelperError):
    """Root of the errors of :func:`helpers.rushhour.rush_hour`."""


class NoSuchStaff(RushHourProblem):
    """Error for a ``name`` that is none of the ``known`` kinds of staff."""

    def __init__(self, name: object, known: Iterable[str]) -> None:
        *most, last = [f'"{each}"' for each in known]
        listed = isinstance(name, list | tuple | set)
        given = kind(name) if listed else clip(repr(name), 60)
        star = " Put a star before your list: `rush_hour(*staff)`." if listed else ""
        super().__init__(f"The shop can't add {given}. You can add {', '.join(most)} and {last}.{star}")
        self.name = name


class NotADay(RushHourProblem):
    """Error for something that was ``given`` to `show_rush_hours` and isn't a simulated day."""

    def __init__(self, given: object) -> None:
        super().__init__(
            f"`show_rush_hours` shows days that `rush_hour()` returned, and you passed {kind(given)}. "
            'Pass the days themselves: `show_rush_hours(rush_hour(), rush_hour("course"))`.'
        )
        self.given = given


class BadDay(RushHourProblem):
    """Error for a ``setting`` that no day can have: what was ``given``, and the ``rule``."""

    def __init__(self, setting: str, given: object, rule: str) -> None:
        super().__init__(f"`{setting}` is {given!r}. {rule}")
        self.setting = setting
