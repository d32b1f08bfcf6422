"""What a learner's function returns, with widgets and without."""

from __future__ import annotations

import sys

import pytest

from helpers.emulator.display.views.tables.tasks import tasks_view
from helpers.show import show_tasks

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def no_widgets(monkeypatch):
    """A Python in which neither ipywidgets nor anywidget can be imported."""
    for name in ("anywidget", "ipywidgets"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "helpers.output.widget", raising=False)


def test_bundle_carries_words_table_and_widget(task):
    """Whatever the reader can show, the facts are there."""
    display = show_tasks([task()])

    bundle = display._repr_mimebundle_()

    assert set(bundle) == {"text/plain", "text/html", WIDGET_VIEW}
    assert bundle["text/plain"] == str(display)


def test_everything_works_without_widgets(task, no_widgets):
    """Words and table stay when anywidget cannot be imported."""
    bundle = show_tasks([task()])._repr_mimebundle_()

    assert set(bundle) == {"text/plain", "text/html"}


def test_displayed_twice_is_one_widget(task):
    """Two views of one display show the same model."""
    display = show_tasks([task()])

    first, second = (display._repr_mimebundle_()[WIDGET_VIEW]["model_id"] for _ in range(2))

    assert first == second


def test_repr_is_fixed(task):
    """No address, no state: nbval compares it."""
    display = show_tasks([task()])
    display._repr_mimebundle_()

    assert repr(display) == repr(display._widget) == "Tasks(1)"


def test_two_displays_of_the_same_are_equal_text(task):
    """Nothing in words or table depends on when they were made."""
    one, other = (show_tasks([task()])._repr_mimebundle_() for _ in range(2))

    assert (one["text/plain"], one["text/html"]) == (other["text/plain"], other["text/html"])


def test_only_what_changed_is_sent(task, monkeypatch):
    """Pages that show it get the parts that differ; the state is there whole for those that come later."""
    display = show_tasks([task()])
    display._repr_mimebundle_()
    sent = []
    monkeypatch.setattr(display._widget, "send", sent.append)
    later = tasks_view([task(), task("completed")])

    display._show(later)
    display._show(later)

    assert [set(message["changed"]) for message in sent] == [{"title", "rows"}]
    assert display._widget.state == later.state
