"""What the widget is given to draw, and what its button does."""

from __future__ import annotations

import re

from tests.unit.emulator.explanations.scenes import told


def drawn(explanation):
    """The state of the widget."""
    return explanation._view.state


def test_widget_draws_the_same_facts():
    """Every word of the explanation is drawn: as verdict, as a way out, or among the facts."""
    _, explanation = told("worker_offline")
    state = drawn(explanation)
    titles = [way["title"] for way in state["ways"]] + [fact.get("title", "") for fact in state["facts"]]

    assert state["lead"][1]["strong"]
    assert all(title in str(explanation) for title in titles)
    assert len(state["ways"]) == len(explanation.fixes)


def test_tone_follows_the_status():
    """Waiting, canceled and well are told apart by colour, too."""
    tones = {name: drawn(told(name)[1])["tone"] for name in ("worker_offline", "time_to_live_exceeded", "reserved")}

    assert tones == {"worker_offline": "wait", "time_to_live_exceeded": "bad", "reserved": "good"}


def test_click_makes_the_change_and_tells_it():
    """The button does what ``apply`` does, and from then on the explanation is of what is now."""
    _, explanation = told("others_go_first")
    typed = re.findall(r"`(explain\(.+\)\.apply\(\))`", str(explanation))
    answer = explanation._on_click({"action": "apply"})

    assert [answer.code] == typed
    assert "is reserved" in str(explanation)
    assert not explanation.fixes


def test_no_button_where_nothing_is_proposed():
    """An explanation without a change listens to no click."""
    assert told("reserved")[1]._on_click is None
