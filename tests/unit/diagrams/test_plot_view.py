"""A plot has words: its title, sentences and a table are its text, and its state for the widget is plain JSON."""

from __future__ import annotations

import json

from helpers.diagrams.plot_view import Axis, Series, plot_view
from helpers.emulator.display.assets import KINDS
from helpers.emulator.display.blocks import Column, Sentence, Table
from helpers.emulator.display.html import markup
from helpers.emulator.display.plain_text import words

VIEW = plot_view(
    "Waits",
    [Series("English", [(0, 1.5)])],
    across=Axis("time of arrival", [(0, "10:00"), (1, "11:00")]),
    up="minutes waited",
    table=Table("Minutes waited", (Column("From"), Column("English", "number")), (("10:00", "1.5"),), ""),
    sentences=[Sentence("Nobody waits long.")],
)


def test_text_has_everything():
    """What the picture shows, in words and numbers."""
    assert words(VIEW.blocks).splitlines() == [
        "Waits: minutes waited by time of arrival.",
        "Nobody waits long.",
        "Minutes waited",
        "From   English",
        "-----  -------",
        "10:00  1.5",
    ]
    assert "<td>1.5</td>" in markup(VIEW.blocks)


def test_widget_gets_plain_json():
    """The picture, its sentences and its table; the description says what is drawn."""
    assert VIEW.kind in KINDS
    assert json.loads(json.dumps(VIEW.state))["table"]["rows"] == [["10:00", "1.5"]]
    assert "<desc>Minutes waited by time of arrival, for English. Nobody waits long.</desc>" in VIEW.state["svg"]
