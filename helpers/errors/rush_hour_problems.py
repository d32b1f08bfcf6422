"""Problems of a simulated day: settings with which nobody could work."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.errors import HelperError

__all__ = ["BadDay", "NoSuchStaff", "RushHourProblem"]


class RushHourProblem(HelperError):
    """Root of the errors of :func:`helpers.rushhour.rush_hour`."""


class NoSuchStaff(RushHourProblem):
    """Error for a ``name`` that is none of the ``known`` kinds of staff."""

    def __init__(self, name: object, known: Iterable[str]) -> None:
        *most, last = [f'"{each}"' for each in known]
        super().__init__(f"The shop can't add {name!r}. You can add {', '.join(most)} and {last}.")
        self.name = name


class BadDay(RushHourProblem):
    """Error for a ``setting`` that no day can have: what was ``given``, and the ``rule``."""

    def __init__(self, setting: str, given: object, rule: str) -> None:
        super().__init__(f"`{setting}` is {given!r}. {rule}")
        self.setting = setting
