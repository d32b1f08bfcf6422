"""A plot is SVG that is the same on every run, follows the page's theme, and can be read aloud."""

from __future__ import annotations

import re
from importlib.resources import files
from xml.etree import ElementTree

import pytest

from helpers.diagrams.plot_svg import Axis, Series, draw_plot

SVG = "{http://www.w3.org/2000/svg}"
HOURS = Axis("time of day", [(0, "10:00"), (1, "11:00"), (2, "12:00")])
SERIES = [
    Series("Spanish", [(0, 1), (1, 4), (2, 2)], is_line=True),
    Series("English", [(0, 0), (2, 47)], is_line=True),
    Series("French", [(1, 10)]),
]


@pytest.fixture
def plot():
    """Three series in one plot, as XML."""
    return ElementTree.fromstring(draw_plot("Waiting <Tasks>", "47 wait & more.", SERIES, HOURS, "Tasks"))


def paths(plot, name, series):
    """Paths of a series."""
    return [
        each.get("d")
        for each in plot.iter(f"{SVG}path")
        if (each.get("class"), each.get("data-series")) == (name, series)
    ]


def test_it_can_be_read_aloud(plot):
    """An image with a title and a description, escaped."""
    assert plot.get("role") == "img"
    assert plot.find(f"{SVG}title").text == "Waiting <Tasks>"
    assert plot.find(f"{SVG}desc").text == "47 wait & more."


def test_series_differ_in_shape(plot):
    """A triangle, a circle and a square: whoever sees no colours tells them apart."""
    shapes = [paths(plot, "tr-plot-points", str(place))[0] for place in range(3)]

    assert [re.search(r"l|a|h", shape)[0] for shape in shapes] == ["l", "a", "h"]


def test_series_differ_in_colour_and_pattern():
    """Each has a colour of the page's own list; lines have a pattern, too."""
    sheet = (files("helpers.emulator.display") / "static/views/plot.css").read_text(encoding="utf-8")
    rules = dict(re.findall(r'\[data-series="(\d)"\] \{(.+?)\}', sheet, re.S))
    tones = [re.search(r"--tr-tone: (var\(--tr-\w+\));", rule)[1] for rule in rules.values()]
    patterns = [re.findall(r"stroke-dasharray: (.+);", rule) for rule in rules.values()]

    assert len(set(tones)) == 3
    assert [patterns.count(each) for each in patterns] == [1, 1, 1]


def test_picture_has_no_colours_of_its_own(plot):
    """Colours come from the page, so that it follows the theme."""
    text = ElementTree.tostring(plot, encoding="unicode")

    assert not re.search(r"#[0-9a-f]{3}|style=|fill=|stroke=", text)


def test_each_point_is_drawn_once(plot):
    """In the plot, and once more in the legend."""
    drawn = [[path.count("M") for path in paths(plot, "tr-plot-points", str(place))] for place in range(3)]

    assert drawn == [[3, 1], [2, 1], [1, 1]]
    assert len(paths(plot, "tr-plot-line", "2")) == 0


@pytest.mark.parametrize(
    ("most", "last"), [(0, "1"), (0.2, "1"), (1, "1"), (6, "6"), (7, "8"), (33.9, "40"), (47, "50"), (1200, "1,200")]
)
def test_scale_has_round_marks(most, last):
    """From 0 to at least the greatest number."""
    drawn = ElementTree.fromstring(draw_plot("Plot", "", [Series("All", [(0, most)])], HOURS, "Tasks"))
    marks = [each.text for each in drawn.iter(f"{SVG}text") if each.get("text-anchor") == "end"]

    assert marks[0] == "0"
    assert marks[-1] == last
    assert len(marks) <= 8


def test_nothing_is_drawn_of_nothing():
    """A series without points has its name in the legend only."""
    drawn = ElementTree.fromstring(draw_plot("Plot", "", [Series("All", [], is_line=True)], HOURS, "Tasks"))

    assert len(paths(drawn, "tr-plot-points", "0")) == 1
    assert "All" in [each.text for each in drawn.iter(f"{SVG}text")]
