"""Table of deliveries: callbacks with what came back from each URL."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers.errors.view_problems import NotShowable
from helpers.show import show_deliveries


def attempt(status=200, reply="", error=None):
    """Attempt of a delivery."""
    return SimpleNamespace(status=status, reply=reply, error=error)


def delivery(*attempts, text=None, **parameters):
    """Delivery of an event if it has an ``EventType``, else of an assignment callback."""
    callback = SimpleNamespace(kind="event" if parameters else "assignment", parameters=parameters)
    return SimpleNamespace(callback=callback, attempts=attempts, text=text)


def test_deliveries_show_each_attempt():
    """What came back from the URL, then from the fallback URL."""
    shown = str(
        show_deliveries(
            [
                delivery(attempt(500, "{}"), attempt(200, '{"instruction": "accept"}')),
                delivery(attempt(204), EventType="task.completed"),
                delivery(attempt(None, error="no answer within 5 s")),
                delivery(text="not sent: it was caused inside a callback"),
            ]
        )
    )

    assert [line.split("  ")[-1].strip() for line in shown.splitlines()[3:]] == [
        '500 {}, then 200 {"instruction": "accept"}',
        "204, an empty body",
        "no reply: no answer within 5 s",
        "not sent: it was caused inside a callback",
    ]


def test_no_deliveries():
    """A sentence instead of an empty table."""
    assert "no Deliveries" in str(show_deliveries([]))


def test_what_is_no_delivery():
    """The text has the code that returns deliveries."""
    with pytest.raises(NotShowable, match=r"connection\.emulator\.deliveries\(\)"):
        show_deliveries([1])
