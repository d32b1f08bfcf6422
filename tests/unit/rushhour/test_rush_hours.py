"""A day is simulated: the same table on every run, and only what was changed makes a difference."""

from __future__ import annotations

import pytest

from helpers import rush_hour, show_rush_hours
from helpers.errors.rush_hour_problems import BadDay, NoSuchStaff, NotADay
from helpers.rushhour import rush_hours


def small(*staff, **changed):
    """The lesson's smaller day."""
    return rush_hour(*staff, customers=120, hours=2, **changed)


@pytest.fixture(scope="module")
def today():
    """The smaller day with Alice and Bob."""
    return small()


def test_same_seed_gives_the_same_table(today):
    """Customer by customer, and in words, when it is simulated anew."""
    rush_hours._simulated_day.cache_clear()
    again = small()

    assert again.waits() == today.waits()
    assert str(again) == str(today)


def test_simulated_day_is_returned_again(today):
    """A cell that is run twice doesn't simulate twice; another setting is another day."""
    again = small()

    assert small() is again
    assert small(timeout=60) is not again


def test_table_in_words(today):
    """The figures by language, then who served how many."""
    assert str(today).splitlines() == [
        "Waiting times",
        "Day    Language  Customers  Mean wait  90 % waited at most  Within 60 s",
        "-----  --------  ---------  ---------  -------------------  -----------",
        "today  Spanish   34         336 s      795 s                26 %",
        "today  English   86         317 s      825 s                29 %",
        "Who served",
        "Day    Served            Offers timed out",
        "-----  ----------------  ----------------",
        "today  Alice 60, Bob 60  0",
    ]
    assert repr(today) == "<RushHour: today>"


def test_staff_changes_neither_customers_nor_work(today):
    """Who comes is the same, whoever serves them."""
    other = small("temp English")

    assert sorted(each.customer for each in other.served) == sorted(each.customer for each in today.served)
    assert other.name == "temp English"


def test_every_customer_is_served_once(today):
    """120 Tasks, 120 customers, and TaskRouter counts as many."""
    statistics = today.workspace.cumulative_statistics().fetch(minutes=600, split_by_wait_time="60")
    within = statistics.split_by_wait_time["60"]["below"]["reservations_accepted"]

    assert sorted(each.customer.order for each in today.served) == list(range(1001, 1121))
    assert sum(today.by_worker.values()) == statistics.tasks_completed == 120
    assert within == sum(wait <= 60 for wait in today.waits())


def test_days_in_one_table(today):
    """Each day keeps its name, which says what is special about it."""
    told = str(show_rush_hours(today, small("course", spanish=0.6), small(evenly=True), small(ignore_every=10)))

    for name in ("today", "course, 60 % Spanish", "spread evenly", "timeout 120 s, back after 0 s"):
        assert f"\n{name} " in told


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"timeout": 5}, "`timeout` is 5. Answering takes 5 s, so nobody could accept an offer."),
        ({"timeout": None}, "`timeout` is None. It has to be a whole number"),
        ({"back_after": -1}, "`back_after` is -1. It has to be a whole number"),
        ({"customers": 0}, "`customers` is 0. A day has between 1 and 2000"),
        ({"customers": 1.5}, "`customers` is 1.5. It has to be a whole number"),
        ({"ignore_every": 1}, "If each offer is ignored, nobody is ever served"),
        ({"hours": 0}, "`hours` is 0. A day has"),
        ({"spanish": 30}, "`spanish` is 30. It's the chance"),
    ],
)
def test_day_that_nobody_could_work(settings, words):
    """The error names the setting and the rule."""
    with pytest.raises(BadDay) as caught:
        rush_hour(**settings)

    assert words in str(caught.value)


def test_staff_that_nobody_offers():
    """A name that is misspelled is told before the day begins."""
    with pytest.raises(NoSuchStaff):
        rush_hour("temp Spanish")


@pytest.mark.parametrize(("given", "told"), [(["today"], "a list"), ("today", "text"), (None, "nothing")])
def test_what_is_no_day(given, told):
    """The error says what was passed, and what to pass."""
    with pytest.raises(NotADay, match=f"you passed {told}.* Pass the days themselves"):
        show_rush_hours(given)
