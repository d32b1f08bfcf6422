"""Callbacks that are function calls keep the order of those over the network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from helpers.emulator.callbacks.faults import Fault, Faults
from helpers.emulator.callbacks.inline_queue import InlineQueue
from helpers.emulator.callbacks.overtaking import Overtaking
from helpers.emulator.callbacks.request import CallbackRequest
from helpers.emulator.callbacks.sender import CallbackSender
from helpers.emulator.callbacks.throttle import Throttle
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.model.changes import Callback
from helpers.emulator.sync import run_without_loop
from tests.worlds.application import Application

HERE, THERE = "http://127.0.0.1:9/events", "http://127.0.0.1:10/events"


def callback(name: str, url: str = HERE) -> Callback:
    return Callback(
        kind="event",
        sid=name,
        account_sid="AC" + "a" * 32,
        workspace_sid="WS1",
        url=f"{url}?{name}",
        parameters={"EventType": "task.created"},
    )


@pytest.fixture
def make(emulator, application) -> Callable[..., InlineQueue]:
    """Makes a queue to the application."""

    def new(fault: Fault | None = None, **more: Any) -> InlineQueue:
        throttle, faults = Throttle(emulator), Faults()
        if fault is not None:
            faults.add(fault)
        return InlineQueue(CallbackSender(emulator, application, throttle), throttle, Overtaking(faults), **more)

    return new


def order(application: Application) -> str:
    """The names of the callbacks that came, in order."""
    return "".join(url[-1] for url in application.urls)


@pytest.mark.parametrize(
    ("to", "fault", "expected"),
    [
        ({"a": HERE, "b": HERE, "c": HERE}, {}, "bac"),
        ({"a": HERE, "b": HERE, "c": HERE}, {"after": 1}, "acb"),
        ({"a": HERE, "b": HERE, "c": HERE, "d": HERE}, {"times": 2}, "badc"),
        ({"a": HERE, "b": THERE, "c": HERE}, {}, "bca"),
        ({"a": HERE, "b": THERE}, {}, "b"),
    ],
)
def test_reordering_swaps_the_next_two_of_a_receiver(make, application, to, fault, expected):
    """Whoever waits for another receiver is neither overtaken nor counted; the last waits for one that follows."""
    queue = make(Fault(fault="reorder", **fault))
    queue.send([callback(name, url) for name, url in to.items()])
    queue.drain()

    assert order(application) == expected
    assert queue.outstanding == 0


def test_slow_receivers_hold_nobody_for_long(make, application):
    """After six seconds the rest stays for the next call, as a wait for callbacks over the network ends then."""
    clock = iter(range(0, 1000, 4))  # each look at it takes four seconds
    queue = make(now=lambda: next(clock))
    queue.send([callback(name) for name in "abc"])

    assert (run_without_loop(queue.settle()), order(application), queue.outstanding) == (False, "a", 2)
    assert (run_without_loop(queue.settle()), order(application), queue.outstanding) == (False, "ab", 1)
    assert (run_without_loop(queue.settle()), order(application), queue.outstanding) == (True, "abc", 0)


def test_nothing_is_sent_before_it_is_time(make, application):
    """Callbacks wait for the end of the exchange that causes them, and are counted meanwhile."""
    queue = make()
    queue.send([callback("a"), callback("b")])

    assert (application.urls, queue.outstanding) == ([], 2)
    queue.drain()
    assert (order(application), queue.outstanding) == ("ab", 0)


def test_what_a_callback_causes_follows_it(make, application):
    """From inside one nothing is sent, and waiting returns at once, saying so."""
    queue, seen = make(), []

    def meanwhile() -> None:
        if len(application.received) == 1:
            queue.send([callback("b")])
            queue.drain()
            seen.append((order(application), queue.outstanding, run_without_loop(queue.settle())))

    application.meanwhile = meanwhile
    queue.send([callback("a")])
    queue.drain()

    assert seen == [("a", 2, False)]
    assert order(application) == "ab"


def test_failing_receiver_keeps_nothing_from_others(make, application):
    """An error of a receiver reaches the caller, and the next exchange sends the rest."""
    queue = make()

    def fail(request: CallbackRequest) -> CallbackReply:
        raise ZeroDivisionError

    application.meanwhile = lambda: fail(application.received[-1])
    queue.send([callback("a"), callback("b")])
    with pytest.raises(ZeroDivisionError):
        queue.drain()
    application.meanwhile = lambda: None
    queue.drain()

    assert order(application) == "ab"
    assert queue.outstanding == 0
