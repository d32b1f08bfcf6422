"""Lesson 13: a service level, the cheapest staff, and a policy for ignored offers; each figure is simulated."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest

from helpers import rush_hour
from helpers.lessons.checks import check
from helpers.lessons.checks.lessons import lesson_13
from helpers.rushhour.staff import COSTS

LEVELS = [
    (..., "`service_level` is still `...`"),
    (6, "6 is how many customers waited at most 60 s"),
    (5, "5 is how many customers waited less than 60 s"),
    (4, "4 is how many customers waited longer than 60 s"),
    (50, "you left out the customer who waited exactly 60 s"),
    ("50 %", "It isn't 50: you left out"),
    (0.5, "It isn't 0.5: you left out"),
    (40, "It isn't 40: that's the share of those who waited longer"),
    (0.4, "It isn't 0.4: that's the share of those who waited longer"),
    (70, "It isn't 70: 61 s isn't within 60 s"),
    (63.5, "that's the mean wait, in seconds"),
    (59.5, "that's the median wait, in seconds"),
    (90, "that's the wait that nine of ten customers didn't exceed"),
    (100, "some customers waited longer than 60 s, one of them 200 s"),
    (200, "that's the longest wait, in seconds"),
    (30, "more than three of the ten waited 60 s or less"),
    (80, "It isn't 80 percent. How many of the ten waited 60 s or less?"),
    (-60, "-60 can't be a share"),
    (float("nan"), "Nan can't be a share"),
    (600, "600 can't be a share"),
    ("60 s", "`service_level` is '60 s': a time"),
    ("sixty", "`service_level` is 'sixty'; this exercise needs a number"),
    ("", "`service_level` is text; this exercise needs a number"),
    (True, "`service_level` is `True`; this exercise needs a number"),
    (None, "`service_level` is nothing (`None`)"),
    ([30, 10, 59, 60, 5, 45], "`service_level` is a list; this exercise needs a number"),
]


@pytest.mark.parametrize(("answer", "words"), LEVELS)
def test_another_service_level(answer, words):
    """13.1: what the number is instead."""
    verdict = check("13.1", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize("answer", [60, 60.0, 0.6, "60", "60 %", "60%", "60 percent", "0.6"])
def test_service_level(answer):
    """13.1: in percent or as a share, as a number or as text."""
    assert check("13.1", answer).passed


STAFFS = [
    (..., "`staff` is still `...`"),
    ([], "Spanish 26 %, English 29 %: both miss 75 %. Alice and Bob alone can't reach it"),
    (["course"], "Spanish 38 %, English 28 %: both miss 75 %. Nobody was added"),
    (["temp English"], "Spanish 41 %, English 85 %: Spanish misses 75 %. Only Alice speaks Spanish."),
    (
        ["temp English"] * 2,
        "Spanish 47 %, English 99 %: Spanish misses 75 %. Only Alice speaks Spanish. And that costs 200",
    ),
    (["temp English", "course"], "It works (Spanish 85 %, English 76 %), for 160. There is a way for 140"),
    (["course", "temp English"], "It works (Spanish 85 %, English 76 %), for 160. There is a way for 140"),
    (["temp both", "course"], "It works (Spanish 91 %, English 80 %), for 200. There is a way for 140"),
    (["temp both", "temp English"], "It works (Spanish 91 %, English 97 %), for 240. There is a way for 140"),
    (["temp both"] * 2, "for 280. There is a way for 140"),
    (["temp English", "temp English", "course"], "for 260. There is a way for 140"),
    (["course", "course"], "`staff` has the course twice. Bob can learn Spanish once"),
    (["temp English"] * 5, "`staff` has 5 entries, for 500. There is a way for 140"),
    (["temp Spanish"], "'temp Spanish' isn't one of the three. They are"),
    ("temp both", '`staff` is text; this exercise needs a list. Write it in brackets: `["temp both"]`'),
    ("a temp", "`staff` is text; this exercise needs a list. Write a list such as"),
    ({"temp both": 1}, "`staff` is a dictionary; this exercise needs a list"),
    (140, "`staff` is a number; this exercise needs a list"),
    (None, "`staff` is nothing (`None`); this exercise needs a list"),
    ([140], "`staff` has a number in it. The three are"),
    ([["temp both"]], "`staff` has a list in it. The three are"),
]


@pytest.mark.parametrize(("answer", "words"), STAFFS)
def test_staff_that_is_too_little_or_too_much(answer, words):
    """13.2: what the day looks like with it."""
    verdict = check("13.2", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize("answer", [["temp both"], ("Temp Both",), ["temp_both "]])
def test_cheapest_staff(answer):
    """13.2: whatever the case, with spaces or underscores."""
    assert str(check("13.2", answer)) == (
        "✓ Spanish 85 %, English 76 %, for 140. Nothing cheaper reaches 75 % in both languages on this day."
    )


def test_result_of_a_day_is_not_a_staff():
    """13.2: the result was passed instead of the list."""
    verdict = check("13.2", rush_hour("temp both", customers=10, hours=2))

    assert "`staff` is what `rush_hour` returned. Write the list of names" in str(verdict)


def test_nothing_cheaper_reaches_the_goal():
    """13.2: all staffs up to the right one's cost are simulated, and it's the only one that reaches the goal."""
    staffs = [each for size in range(4) for each in combinations_with_replacement(sorted(COSTS), size)]
    affordable = [each for each in staffs if sum(COSTS[name] for name in each) <= 140 and each.count("course") < 2]
    reaching = [
        staff
        for staff in affordable
        if min(figures.service_level for figures in lesson_13._small_day(*staff).figures.values()) >= 75
    ]

    assert len(affordable) == 4
    assert reaching == [("temp both",)]


POLICIES = [
    ({"timeout": ..., "back_after": 0}, '`policy["timeout"]` is still `...`'),
    ({"timeout": 20, "back_after": ...}, '`policy["back_after"]` is still `...`'),
    ({"timeout": 20, "back_after": 60}, "wait 474 s on average: it has to be less than 400 s. How soon could"),
    ({"timeout": 20, "back_after": 30}, "wait 427 s on average: it has to be less than 400 s. How soon could"),
    ({"timeout": 60, "back_after": 60}, "wait 561 s on average: it has to be less than 400 s"),
    ({"timeout": 120, "back_after": 60}, "wait 631 s on average: while an offer is ignored, its customer waits"),
    ({"timeout": 60, "back_after": 0}, "wait 434 s on average: while an offer is ignored, its customer waits"),
    ({"timeout": 120, "back_after": 0}, "wait 518 s on average: while an offer is ignored, its customer waits"),
    ({"timeout": 20, "back_after": 600}, "wait 2,211 s on average: 13 ignored offers cost 260 s until they timed out"),
    ({"timeout": 120, "back_after": 600}, "and 7,800 s of Workers who were Offline"),
    ({"timeout": 10, "back_after": 60}, "but an offer ends after 10 s. Let it last 15 s at least"),
    ({"timeout": 10, "back_after": 0}, "but an offer ends after 10 s. Let it last 15 s at least"),
    ({"timeout": 5, "back_after": 0}, "With a timeout of 5 s nobody can answer: answering takes 5 s"),
    ({"timeout": 0, "back_after": 0}, "With a timeout of 0 s nobody can answer"),
    ({"timeout": -20, "back_after": 0}, "`timeout` can't be negative"),
    ({"timeout": 20, "back_after": -1}, "`back_after` can't be negative"),
    ({"timeout": 20, "back_after": None}, "`back_after` is `None`: then nobody ever sets the Worker Idle again"),
    ({"timeout": None, "back_after": 0}, "`timeout` is nothing (`None`); it has to be a number of seconds"),
    ({"timeout": "short", "back_after": 0}, "`timeout` is 'short'; it has to be a number of seconds"),
    ({"timeout": True, "back_after": 0}, "`timeout` is `True`; it has to be a number of seconds"),
    ({"timeout": 20.5, "back_after": 0}, "`timeout` is 20.5. Write whole seconds"),
    ({"timeout": 5000, "back_after": 0}, "`timeout` is 5000. Try at most 600 s"),
    ({"timeout": 20, "back_after": 86_400}, "`back_after` is 86400. Try at most 3600 s"),
    ({"timeout": 20, "back_after": float("nan")}, "`back_after` is nan. Try at most 3600 s"),
    ({"timeout": 20}, "`policy` has no `back_after`"),
    ({"timeout": 20, "back": 0}, "`policy` has a key 'back', which isn't one of the two"),
    ({}, "`policy` has no `timeout`"),
    (20, "`policy` is a number; this exercise needs a dictionary"),
    (None, "`policy` is nothing (`None`); this exercise needs a dictionary"),
    ("20, 0", "`policy` is text; this exercise needs a dictionary"),
    ([20, 60], "wait 474 s on average"),
]


@pytest.mark.parametrize(("answer", "words"), POLICIES)
def test_policy_with_which_customers_wait(answer, words):
    """13.3: what the day looks like with it, or why there is no such day."""
    verdict = check("13.3", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    ("timeout", "back_after", "wait"), [(20, 0, 382), (15, 0, 372), (30, 0, 397), (20, 10, 396), ("20", "0 ", 382)]
)
def test_policy_that_tames(timeout, back_after, wait):
    """13.3: short timeouts, and Workers who are back at once."""
    verdict = check("13.3", {"timeout": timeout, "back_after": back_after})

    assert verdict.passed
    assert f"Spanish customers wait {wait} s on average, and 13 offers were ignored." in str(verdict)
