"""Pictures of a day: each has its numbers in a table, and a sentence that says what it shows."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from helpers.rushhour.customers import Customer
from helpers.rushhour.rush_hours import RushHour
from helpers.rushhour.simulation import Served

SVG = "{http://www.w3.org/2000/svg}"
DAY = RushHour(
    "today",
    2,
    [
        Served(Customer(500, 1001, "es", 70), "Alice", 1500),
        Served(Customer(510, 1002, "en", 70), "Bob", 900),
        Served(Customer(7000, 1003, "en", 70), "Bob", 5),
    ],
    0,
    None,
)


def test_queue_in_words():
    """Every ten minutes of a short day, how many wait, and when the queue is longest."""
    lines = str(DAY.show_queue()).splitlines()

    assert lines[:2] == [
        "Waiting Tasks: today: Tasks that wait by time of day.",
        "The queue is longest at 10:10: 2 Tasks wait.",
    ]
    assert [line.split() for line in lines[5:9]] == [
        ["10:00", "0", "0"],
        ["10:10", "1", "1"],
        ["10:20", "1", "1"],
        ["10:30", "1", "0"],
    ]


def test_queue_that_nobody_was_in():
    """No number is made up if everyone was served before the first mark."""
    day = RushHour("quick", 2, [Served(Customer(500, 1001, "es", 70), "Alice", 5)], 0, None)

    assert "No Task waits at any of these times." in str(day.show_queue())


def test_waits_in_words():
    """By the quarter of an hour of the arrival: how many, their mean and the longest."""
    lines = str(DAY.show_waits()).splitlines()

    assert lines[1] == "Customer 1001 waits longest: 25.0 minutes, from 10:08 on."
    assert lines[5].split() == ["10:00", "1", "25.0", "25.0", "1", "15.0", "15.0"]
    assert lines[6].split() == ["10:15", "0", "0"]


@pytest.mark.parametrize("draw", [RushHour.show_queue, RushHour.show_waits])
def test_picture_is_the_same_on_every_run(draw):
    """The SVG is text without random ids, and one element with a title and a description."""
    one, other = (draw(DAY)._view.state["svg"] for _ in range(2))
    root = ElementTree.fromstring(one)

    assert one == other
    assert [each.tag for each in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.find(f"{SVG}title").text in str(draw(DAY))


def test_a_line_has_a_mark_for_each_row():
    """The picture of the queue is drawn from the table below it: as many points as rows."""
    state = DAY.show_queue()._view.state
    points = ElementTree.fromstring(state["svg"]).findall(f"{SVG}path[@class='tr-plot-points'][@data-series='0']")

    assert points[0].get("d").count("M") == len(state["table"]["rows"])
