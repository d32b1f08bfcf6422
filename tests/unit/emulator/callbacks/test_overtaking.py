"""A callback that is to be overtaken waits for the next one, or for an event of a type, across commands."""

from __future__ import annotations

import pytest

from helpers.emulator.callbacks.faults import Fault, Faults
from helpers.emulator.callbacks.overtaking import Overtaking
from helpers.emulator.engine.model.changes import Callback

HERE, THERE = "http://127.0.0.1:9/events", "http://127.0.0.1:10/events"


def event(event_type: str, url: str = HERE) -> Callback:
    return Callback(
        kind="event",
        sid=f"EV {event_type}",
        account_sid="AC" + "a" * 32,
        workspace_sid="WS1",
        url=url,
        parameters={"EventType": event_type},
    )


def types(*callbacks: Callback) -> list[str]:
    return [each.parameters["EventType"] for each in callbacks]


def order(overtaking: Overtaking, *callbacks: Callback) -> list[str]:
    """The types of the events in the order in which they are sent."""
    sent: list[Callback] = []
    for callback in callbacks:
        if not overtaking.holds(callback):
            sent += [callback, *overtaking.overtaken_by(callback)]
    return types(*sent)


@pytest.fixture
def overtaking() -> Overtaking:
    faults = Faults()
    faults.add(Fault(fault="reorder", event_type="reservation.accepted", until="task.completed"))
    return Overtaking(faults)


def test_event_waits_for_one_of_another_command(overtaking):
    """What happens between the two stays in its place."""
    happened = ("task.created", "reservation.accepted", "task.updated", "task.completed", "reservation.completed")
    sent = ["task.created", "task.updated", "task.completed", "reservation.accepted", "reservation.completed"]

    assert order(overtaking, *map(event, happened)) == sent
    assert overtaking.held == []


def test_events_to_others_let_nobody_go(overtaking):
    """Each receiver has an order of its own."""
    assert order(overtaking, event("reservation.accepted"), event("task.completed", THERE)) == ["task.completed"]
    assert types(*overtaking.held) == ["reservation.accepted"]


def test_what_waits_in_vain_can_be_sent(overtaking):
    """It is given out once."""
    assert overtaking.holds(event("reservation.accepted"))

    assert types(*overtaking.release()) == ["reservation.accepted"]
    assert overtaking.release() == []


def test_only_what_was_overtaken_is_told_of():
    """A callback that is given out before another was sent is in its place."""
    faults, told = Faults(), []
    faults.add(Fault(fault="reorder", times=3, until="task.completed"))
    overtaking = Overtaking(faults, told.append)
    first, second, third = (event(f"task.{name}") for name in ("created", "updated", "wrapup"))

    assert overtaking.holds(first)
    assert overtaking.overtaken_by(event("task.completed")) == [first]
    assert overtaking.holds(second)
    assert overtaking.release() == [second]
    assert overtaking.holds(third)
    assert overtaking.overtaken_by(event("task.deleted")) == []
    assert overtaking.release() == [third]
    assert told == [first, third]
