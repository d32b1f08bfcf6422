"""`explain` in a cell: the emulator's explanation, with a button, in the names of this kernel."""

from __future__ import annotations

import re

from helpers import explain
from tests.unit.emulator.explanations.scenes import GOLDEN, SCENES, desk_for


def shown(name):
    """What a cell gets that explains a Task of the emulator's scenes."""
    return explain(SCENES[name](desk_for(name)))


def test_cell_shows_what_the_emulator_says():
    """Words, table and the other properties are the explanation's own."""
    display = shown("worker_offline")
    bundle = display._repr_mimebundle_()
    text = GOLDEN.joinpath("worker_offline.txt").read_text(encoding="utf-8")

    assert f"{display}\n" == text
    assert display.short in text
    assert display.code in text
    assert display.about("Bob").startswith("isn't in the queue")
    assert set(text.split()) == set(bundle["text/plain"].split())
    assert "<table>" in bundle["text/html"]
    assert repr(display) == "Explanation(pending)"
    assert repr(display.apply()) == "Explanation(reserved)"


def test_click_makes_the_change_and_tells_it():
    """The button does what `apply` does, and from then on the explanation is of what is now."""
    display = shown("others_go_first")
    typed = re.findall(r"`(explain\(.+\)\.apply\(\))`", str(display))
    answer = display._on_click({"action": "apply"})

    assert [answer.code] == typed
    assert "is reserved" in str(display)
    assert not display.fixes


def test_no_button_where_nothing_is_proposed():
    """An explanation without a change listens to no click."""
    assert shown("worker_offline").apply()._on_click is None


def test_waiting_is_a_matter_of_the_lessons_clock():
    """Where time alone helps, a cell names the call that lets it pass; the emulator's own words name no connection."""
    words = GOLDEN.joinpath("time_of_day.txt").read_text(encoding="utf-8")

    assert "Wait, or in a lesson, advance the clock with `connection.advance(3595)`." in str(shown("time_of_day"))
    assert "Wait, or with an emulator, advance its clock by 3595 seconds." in words
