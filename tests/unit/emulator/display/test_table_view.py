"""Tables of Workers, Tasks, Reservations and TaskQueues."""

from __future__ import annotations

import pytest

from helpers.show import show_queues, show_reservations, show_tasks, show_workers

NASTY = '<b onclick="x()">&\'</b>\nעברית \u202e 👩\u200d🚀'


def test_workers_are_listed_with_their_activity(worker):
    """Name, Activity, availability, attributes and SID stand in one line."""
    words = str(show_workers([worker(), worker("Bob", activity_name="Offline", available=False)]))

    assert words.splitlines() == [
        "Workers (2)",
        "Worker  Activity  Available      Attributes                   SID",
        "------  --------  -------------  ---------------------------  ----------------------------------",
        'Alice   Idle      available      {"languages": ["en", "es"]}  WKa1b2a1b2a1b2a1b2a1b2a1b2a1b2a1b2',
        'Bob     Offline   not available  {"languages": ["en", "es"]}  WKa1b2a1b2a1b2a1b2a1b2a1b2a1b2a1b2',
    ]


def test_tasks_are_listed_without_their_age(task):
    """An age would differ on every run."""
    words = str(show_tasks([task("reserved", priority=7)]))

    assert words.splitlines()[-1].split("  ")[:2] == ["WT" + "3f9a" * 8, "reserved"]
    assert words.endswith("7")
    assert "17" not in words


def test_reservations_name_worker_and_task(reservation):
    """Who was offered what, and what became of it."""
    line = str(show_reservations([reservation("accepted")])).splitlines()[-1]

    assert line.split() == ["WR" + "0001" * 8, "accepted", "Alice", "WT" + "3f9a" * 8]


def test_queues_show_their_expression(queue):
    """The expression stands as it was given."""
    assert 'languages HAS "es"' in str(show_queues([queue()]))


@pytest.mark.parametrize(
    ("show", "words"),
    [
        (show_workers, "no Workers"),
        (show_tasks, "no Tasks"),
        (show_reservations, "no Reservations"),
        (show_queues, "no TaskQueues"),
    ],
)
def test_nothing_has_words_too(show, words):
    """An empty list says so, in words and in HTML, and nothing of the Workspace: it may have been filtered."""
    display = show([])

    assert str(display) == words
    assert display._repr_mimebundle_()["text/html"] == f"<p>{words}</p>"


def test_a_thousand_rows_are_bounded(worker):
    """Fifty are shown, the others counted; a generator will do."""
    display = show_workers(worker(f"Worker {number}") for number in range(1000))

    assert str(display).startswith("Workers (1000)")
    assert str(display).endswith("… and 950 more")
    assert repr(display) == "Workers(1000)"


def test_names_stay_text(worker):
    """Markup is escaped in HTML, and a line end cannot make a second row."""
    display = show_workers([worker(NASTY)])
    html = display._repr_mimebundle_()["text/html"]

    assert "<b" not in html.replace("<bdi>", "")
    assert "&lt;b onclick=&quot;x()&quot;&gt;&amp;&#x27;" in html
    assert len(str(display).splitlines()) == 4
    assert "\u202e" not in str(display) + html


def test_missing_values_are_empty_cells(worker):
    """Lists of the SDK leave some properties out."""
    assert "None" not in str(show_workers([worker(attributes=None, activity_name=None)]))
