"""A board counts seats by their last report, and forgets what is over."""

from __future__ import annotations

import pytest

from helpers.lessons.lesson_steps import Cell, Lesson, Step
from helpers.room.room_memory import MAX_SEATS, SILENT_SECONDS, RoomMemory, TooMany
from helpers.room.seat_report import SeatReport

LESSON = Lesson(
    3,
    "Create a Task",
    "03.ipynb",
    (
        Step("Set up", (Cell("setup", "a = 1"),), frozenset()),
        Step("About Tasks", (), frozenset()),
        Step("Exercise 3.1", (Cell("try", "b = 2", "3.1"),), frozenset()),
    ),
)


@pytest.fixture
def time() -> list[float]:
    """Clock of the board."""
    return [0.0]


@pytest.fixture
def memory(time) -> RoomMemory:
    """Memory of a board that knows one lesson."""
    return RoomMemory([LESSON], lambda: time[0])


def at(step: str, seat: str = "1", **more) -> SeatReport:
    """Report of a seat in lesson 3."""
    return SeatReport(seat, 3, step, **more)


def test_seat_counts_once_where_it_was_last(memory):
    """Reports that are repeated, or come from another notebook of the same seat, replace the one before."""
    for report in (at("Set up"), at("Set up"), at("Exercise 3.1"), at("Exercise 3.1", "2"), at("Set up", "3")):
        memory.take(report)

    counts = memory.count()

    assert counts.seats == 3
    assert [(lesson.number, lesson.here, lesson.elsewhere) for lesson in counts.lessons] == [(3, 3, 0)]
    assert [(step.heading, step.here) for step in counts.lessons[0].steps] == [("Set up", 1), ("Exercise 3.1", 2)]


def test_verdicts_are_counted_by_the_last_answer(memory):
    """A seat that had it right and tries something wrong counts as not yet."""
    memory.take(at("Exercise 3.1", "1", verdicts={"3.1": "right"}))
    memory.take(at("Exercise 3.1", "1", verdicts={"3.1": "not yet"}))
    memory.take(at("Set up", "2", verdicts={"3.1": "right", "9.9": "right"}))

    step = memory.count().lessons[0].steps[1]

    assert (step.right, step.not_yet) == (1, 1)


def test_unknown_lessons_and_steps_are_counted_and_never_shown(memory):
    """Headings come from the board's own lessons, so nobody can write on the projector."""
    memory.take(SeatReport("1"))
    memory.take(SeatReport("2", 77, "Buy my book"))
    memory.take(at("<script>alert(1)</script>", "3"))

    counts = memory.count()

    assert (counts.seats, counts.outside, counts.lessons[0].elsewhere) == (3, 2, 1)
    assert "script" not in repr(counts)
    assert "Buy" not in repr(counts)


def test_hands_are_listed_in_the_order_of_raising(memory, time):
    """A report in between keeps a hand's place; lowering it and raising it again doesn't."""
    for moment, seat, hand in (
        (1, "b", True),
        (2, "a", True),
        (3, "c", True),
        (4, "b", True),
        (5, "a", False),
        (6, "a", True),
    ):
        time[0] = moment
        memory.take(at("Set up", seat, hand=hand))

    assert memory.count().hands == ["b", "c", "a"]


def test_seat_that_leaves_is_gone(memory):
    """Leaving twice, or without having come, does no harm."""
    memory.take(at("Set up", hand=True))
    for _ in range(2):
        memory.take(SeatReport("1", leaves=True))

    assert memory.count() == RoomMemory([LESSON]).count()


def test_silent_seat_is_forgotten(memory, time):
    """A board on a Hub runs for days; yesterday's room isn't today's."""
    memory.take(at("Set up", "yesterday"))
    time[0] = SILENT_SECONDS + 1
    memory.take(at("Set up", "today"))

    assert memory.count().seats == 1


def test_full_room_refuses_new_seats_only(memory):
    """Those who are in it go on, and a place that is left is free again."""
    for number in range(MAX_SEATS):
        memory.take(at("Set up", str(number)))

    with pytest.raises(TooMany, match=f"{MAX_SEATS} seats"):
        memory.take(at("Set up", "one more"))
    memory.take(at("Exercise 3.1", "0"))
    memory.take(SeatReport("1", leaves=True))
    memory.take(at("Set up", "one more"))

    assert memory.count().seats == MAX_SEATS


def test_seat_that_reports_all_the_time_is_slowed_down(memory, time):
    """Its later reports count again; other seats don't notice."""
    for _ in range(60):
        memory.take(at("Set up", "noisy"))
    with pytest.raises(TooMany, match="many reports"):
        memory.take(at("Set up", "noisy"))
    memory.take(at("Set up", "quiet"))
    time[0] = 1
    memory.take(at("Exercise 3.1", "noisy"))

    assert [step.here for step in memory.count().lessons[0].steps] == [1, 1]
