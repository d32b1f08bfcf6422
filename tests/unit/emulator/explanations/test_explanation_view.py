"""What the widget is given to draw."""

from __future__ import annotations

from tests.unit.emulator.explanations.scenes import told


def drawn(explanation):
    """The state of the widget."""
    return explanation.view.state


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
