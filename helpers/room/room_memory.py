"""Memory of a board: the last report of each seat, and the counts that it shows. Pure, never written down."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from helpers.lessons.lesson_steps import Lesson, Step
from helpers.room.allowance import Allowance
from helpers.room.seat_report import SeatReport, Shown

__all__ = ["MAX_SEATS", "LessonCounts", "RoomCounts", "RoomMemory", "StepCounts", "TooMany"]

MAX_SEATS = 400
SILENT_SECONDS = 4 * 3600.0
"""Time after which a seat that sent nothing is forgotten: a board on a Hub runs for days."""

_AT_ONCE, _PER_SECOND = 60, 10
"""Allowance of a seat: a kernel sends at most twenty reports a second, while somebody runs all cells."""


class TooMany(Exception):
    """Error for a report for which the board has no room or no time."""


class StepCounts(Struct, frozen=True):
    """Counts of one step."""

    heading: str
    here: int
    """Number of seats whose last cell was in this step."""
    right: int = 0
    not_yet: int = 0
    """Numbers of seats by their last answer to the step's exercise."""


class LessonCounts(Struct, frozen=True):
    """Counts of a lesson that somebody is in."""

    number: int
    title: str
    here: int
    steps: list[StepCounts]
    elsewhere: int
    """Number of seats in none of these steps: they haven't run a cell yet, or have another edition of the lesson."""


class RoomCounts(Struct, frozen=True):
    """All that a board shows; the only labels in it are those of raised hands."""

    seats: int
    lessons: list[LessonCounts]
    outside: int
    """Number of seats in no lesson."""
    hands: list[str]
    """Seats whose hand is up, the longest first."""


class _Seat(Struct):
    report: SeatReport
    heard: float
    allowance: Allowance
    raised: float | None = None


class RoomMemory:
    """Seats of one room.

    Args:
        lessons: those that the board can draw.
        now: clock in seconds.
    """

    def __init__(self, lessons: Sequence[Lesson], now: Callable[[], float] = time.monotonic) -> None:
        self._lessons = {lesson.number: lesson for lesson in lessons}
        self._now = now
        self._seats: dict[str, _Seat] = {}

    def take(self, report: SeatReport) -> None:
        """Keep a seat's report in place of the one before, or delete the seat.

        Raises:
            TooMany: the room is full, or the seat reports too often; the text is for its sender.
        """
        if report.leaves:
            self._seats.pop(report.seat, None)
            return
        self._forget_silent()
        seat = self._seats.get(report.seat)
        if seat is None:
            if len(self._seats) >= MAX_SEATS:
                raise TooMany(f"The board has {MAX_SEATS} seats already. Some have to leave first.")
            seat = _Seat(report, 0, Allowance(_AT_ONCE, _PER_SECOND, self._now))
            self._seats[report.seat] = seat
        if not seat.allowance.take():
            raise TooMany("This seat sent many reports just now. Send the next one in a second.")
        seat.report, seat.heard = report, self._now()
        if not report.hand:
            seat.raised = None
        elif seat.raised is None:
            seat.raised = self._now()

    def count(self) -> RoomCounts:
        """Return the counts of now."""
        self._forget_silent()
        reports = [seat.report for seat in self._seats.values()]
        up = sorted((seat.raised, seat.report.seat) for seat in self._seats.values() if seat.raised is not None)
        numbers = {each.lesson for each in reports}
        lessons = [_count_lesson(each, reports) for number, each in sorted(self._lessons.items()) if number in numbers]
        outside = len(reports) - sum(lesson.here for lesson in lessons)
        return RoomCounts(len(reports), lessons, outside, [label for _, label in up])

    def _forget_silent(self) -> None:
        oldest = self._now() - SILENT_SECONDS
        self._seats = {label: seat for label, seat in self._seats.items() if seat.heard >= oldest}


def _count_lesson(lesson: Lesson, reports: Iterable[SeatReport]) -> LessonCounts:
    inside = [each for each in reports if each.lesson == lesson.number]
    here = Counter(each.step for each in inside)
    verdicts = Counter(verdict for each in inside for verdict in each.verdicts.items())
    steps = [_count_step(step, here, verdicts) for step in lesson.steps if step.cells]
    known = sum(step.here for step in steps)
    return LessonCounts(lesson.number, lesson.title, len(inside), steps, len(inside) - known)


def _count_step(step: Step, here: Counter[str], verdicts: Counter[tuple[str, Shown]]) -> StepCounts:
    right, not_yet = verdicts[step.exercise, "right"], verdicts[step.exercise, "not yet"]
    return StepCounts(step.heading, here[step.heading], right, not_yet)
