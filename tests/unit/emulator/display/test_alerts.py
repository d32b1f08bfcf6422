"""Table of alerts: those that are alike are one row."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers.errors.view_problems import NotShowable
from helpers.show import show_alerts


def alert(code=11200, text="assignment callback: the callback URL answered with HTTP status 500"):
    """Alert as the emulator returns it."""
    return SimpleNamespace(code=code, text=text, resource_sid="WR" + "0" * 32)


def test_alerts_that_are_alike_are_one_row():
    """In the order in which each came first."""
    assert str(show_alerts([alert(), alert(40005, "no instruction"), alert()])).splitlines() == [
        "Alerts (3)",
        "Code   Times  Alert",
        "-----  -----  " + "-" * 67,
        "11200  2      assignment callback: the callback URL answered with HTTP status 500",
        "40005  1      no instruction",
    ]


def test_sids_are_short():
    """The rest of the sentence is what tells something."""
    told = str(show_alerts([alert(20001, f"Task WT180d{'0' * 28} was offered to Worker WKd54c{'0' * 28} 10 times")]))

    assert "Task WT180d… was offered to Worker WKd54c… 10 times" in told


def test_no_alerts():
    """A sentence instead of an empty table."""
    assert "no Alerts" in str(show_alerts([]))


def test_what_is_no_alert():
    """The text has the code that returns alerts."""
    with pytest.raises(NotShowable, match=r"connection\.emulator\.alerts\(\)"):
        show_alerts([1])
