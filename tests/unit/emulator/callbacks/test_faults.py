"""Faults are told when they mean nothing, and strike as often as asked for, where asked for."""

from __future__ import annotations

import pytest

from helpers.emulator.callbacks.faults import Fault, Faults
from helpers.emulator.engine.model.refusals import Invalid


def struck(fault: Fault, *callbacks: tuple[str, str]) -> list[int]:
    """Return the places of the callbacks, each a kind and an event type, that a fault strikes."""
    faults = Faults()
    faults.add(fault)
    return [place for place, callback in enumerate(callbacks) if faults.take(fault.fault, *callback) is not None]


def test_event_type_narrows():
    """Other events, and callbacks without a type, are left alone."""
    kinds = [("event", "task.created"), ("assignment", ""), ("event", "task.completed"), ("event", "task.created")]

    assert struck(Fault(fault="fail", event_type="task.created", times=9), *kinds) == [0, 3]


def test_schedule():
    """So many go well first, then every second one is struck, as often as asked for; others don't count."""
    kinds = [("event", "task.created"), ("status", ""), *[("event", "task.created")] * 9]

    assert struck(Fault(fault="fail", kind="event", after=2, every=2, times=3), *kinds) == [3, 5, 7]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"event_type": "task.create"}, "event_type: No event has the type 'task.create'. The nearest type is task.cr"),
        ({"event_type": 7}, "event_type is 7; it must be a type of event"),
        ({"event_type": "task.created", "kind": "assignment"}, "only events have a type"),
        ({"fault": "reorder", "until": "task.done"}, "until: No event has the type 'task.done'"),
        ({"until": "task.completed"}, "only reorder waits for an event"),
        ({"after": -1}, "after is -1; it must be a whole number from 0"),
        ({"every": 0}, "every is 0; it must be a whole number from 1"),
        ({"fault": "busy", "event_type": "task.created"}, "busy strikes requests to the API"),
    ],
)
def test_what_means_nothing_is_refused(settings, words):
    """The sentence names the value and the rule."""
    with pytest.raises(Invalid) as refused:
        Fault(**{"fault": "fail", **settings})

    assert words in str(refused.value)
