"""Problems of a lesson: its start isn't there, or can't be made."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.emulator.display.safe_text import clip
from helpers.errors import HelperError

__all__ = [
    "LabIsLocal",
    "LessonProblem",
    "NoSuchVersion",
    "NotRemoved",
    "NothingStarted",
    "StartMissed",
    "StoryMissing",
    "UnknownLesson",
    "UnknownPattern",
]


class LessonProblem(HelperError):
    """Error that keeps a lesson from continuing."""


class StoryMissing(LessonProblem):
    """Error for a ``missing`` resource of the tutorial's world."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"There's no {missing} yet. Lesson 1 creates it. Run this notebook's set-up cells, which create "
            "everything from earlier lessons."
        )
        self.missing = missing


class LabIsLocal(LessonProblem):
    """Error for a fault lab without an emulator of the kernel's own."""

    def __init__(self) -> None:
        super().__init__(
            "The fault lab needs this kernel's own emulator: it breaks callbacks and moves the clock, and TaskRouter "
            "does neither on request. Restart the kernel, and run `connect()` without `TASKROUTER_URL` and not live."
        )


class NoSuchVersion(LessonProblem):
    """Error for a ``number`` that no version in the fault lab has."""

    def __init__(self, number: object) -> None:
        super().__init__(
            f"The lab has no version {number!r}. The broken ones are 1 to 9: `lab.start(1)`. Yesterday's, which works, "
            "is 0."
        )
        self.number = number


class NothingStarted(LessonProblem):
    """Error for a fault lab that is asked about an application before one was started."""

    def __init__(self) -> None:
        super().__init__("No version is deployed in the lab. Start one first: `lab.start(1)`.")


class NotRemoved(LessonProblem):
    """Error for a Workspace of this kernel that a lesson can't begin without removing; ``told`` says what happened."""

    def __init__(self, told: str) -> None:
        super().__init__(f"The lesson can't start over, and nothing new was created. {told}")
        self.told = told


class StartMissed(LessonProblem):
    """Error for a start of a lesson that isn't as ``expected`` says; ``seen`` is what is there instead."""

    def __init__(self, expected: str, seen: object) -> None:
        super().__init__(
            f"The lesson should start with this: {expected}. But TaskRouter has {seen!r}. Run the cell again: "
            "it starts from the beginning."
        )
        self.expected = expected
        self.seen = seen


class UnknownLesson(LessonProblem):
    """Error for a ``number`` that no lesson has; ``written`` are the lessons' numbers in order.

    ``has_end`` is for `catch_up`, to which the number after the last lesson means where that ends.
    """

    def __init__(self, number: object, written: Sequence[int], *, has_end: bool = False) -> None:
        is_missing = type(number) is int and written[0] < number < written[-1]
        first = f"Lesson {number} isn't written yet" if is_missing else f"There's no lesson {number!r}"
        end = f", and {written[-1] + 1} is the end of lesson {written[-1]}" if has_end else ""
        super().__init__(
            f"{first}. The lessons are {_join_ranges(written)}{end}. Use the number in the notebook's file name."
        )
        self.number = number


class UnknownPattern(LessonProblem):
    """Error for a ``name`` that no Workflow pattern has; ``known`` are the names that there are."""

    def __init__(self, name: object, known: Sequence[str]) -> None:
        *most, last = [f'"{each}"' for each in known]
        super().__init__(f"There's no pattern {clip(repr(name), 60)}. The patterns are {', '.join(most)} and {last}.")
        self.name = name


def _join_ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers as words, such as "0 to 5 and 7"."""
    begins = [number for number in numbers if number - 1 not in numbers]
    ends = [number for number in numbers if number + 1 not in numbers]
    *most, last = [str(a) if a == b else f"{a} to {b}" for a, b in zip(begins, ends, strict=True)]
    return f"{', '.join(most)} and {last}" if most else last
