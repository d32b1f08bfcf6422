"""The thread that keeps a console up to date."""

from __future__ import annotations

import queue

from helpers.ground.machine import refresher
from helpers.ground.machine.refresher import Refresher


def test_looks_when_woken():
    """A change is seen soon after it was told."""
    looks: queue.Queue[str] = queue.Queue()
    refresher = Refresher(lambda: looks.put("looked"), lambda: None)
    refresher.start()

    refresher.wake()

    assert looks.get(timeout=5) == "looked"


def test_waits_for_ever_where_changes_are_told():
    """An idle console costs nothing: there is no time after which it looks by itself."""
    assert Refresher(print, lambda: None)._patience() is None


def test_looks_at_intervals_while_somebody_is_there(monkeypatch):
    """A page that shows the console keeps it looking; when it has been silent for long, the looking ends."""
    refresher_ = Refresher(print, lambda: 2.0)
    there = refresher_._patience()
    now = refresher.time.monotonic()
    monkeypatch.setattr(refresher.time, "monotonic", lambda: now + 1000)
    gone = refresher_._patience()
    refresher_.present()

    assert (there, gone, refresher_._patience()) == (2.0, None, 2.0)


def test_starts_once():
    """Showing a console again does not start a second thread."""
    looks: queue.Queue[int] = queue.Queue()
    refresher = Refresher(lambda: looks.put(1), lambda: None)
    for _ in range(3):
        refresher.start()
    refresher.wake()
    looks.get(timeout=5)

    assert looks.empty()


def test_stop_that_comes_just_before_clearing_is_not_lost(monkeypatch):
    """A stop between the end of a wait and what follows it ends the thread as well."""
    refresher_ = Refresher(print, lambda: None)
    clear = refresher_._woken.clear
    monkeypatch.setattr(refresher_._woken, "clear", lambda: (refresher_.stop(), clear()))
    refresher_.start()
    refresher_.wake()
    refresher_._thread.join(timeout=5)

    assert not refresher_._thread.is_alive()
