"""A Task that came to the same Worker ten times by nothing but answers waits five seconds of the emulator's time."""

from __future__ import annotations

import pytest

from helpers.emulator.callbacks.inline_queue import InlineQueue
from helpers.emulator.callbacks.request import CallbackRequest
from helpers.emulator.callbacks.sender import CallbackSender
from helpers.emulator.callbacks.throttle import PAUSE_MS, Throttle
from helpers.emulator.clock import Clock
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.commands import reservations, workers
from helpers.emulator.engine.model.changes import Changes
from helpers.emulator.sync import run_without_loop
from tests.worlds.application import ASSIGNMENT_URL, FALLBACK_URL, json_reply

REJECT = {"instruction": "reject"}


@pytest.fixture
def throttle(emulator) -> Throttle:
    return Throttle(emulator)


@pytest.fixture
def delivery(emulator, application, throttle) -> InlineQueue:
    delivery = InlineQueue(CallbackSender(emulator, application, throttle), throttle)
    emulator.on_callbacks = delivery.send
    return delivery


@pytest.fixture
def rejecting(desk, delivery, application):
    """Alice has a Task, and the application rejects whatever it is asked."""
    application.replies[ASSIGNMENT_URL] = REJECT
    desk.task()
    desk.move(desk.available_sid)
    delivery.drain()
    return desk


def test_repeated_callbacks_go_out_at_once(rejecting, application, emulator, throttle):
    """Ten times the same Worker is told of the same Task without delay, as when Twilio makes a Reservation."""
    assert (len(application.received), len(rejecting.reservations)) == (10, 11)
    assert throttle.due == emulator.clock.now() + PAUSE_MS


def test_storm_is_braked(rejecting, delivery, emulator, application):
    """From the eleventh time on each callback is held for five seconds of the emulator's clock."""
    for told in (11, 12):
        emulator.clock.advance(5)
        delivery.drain()

        assert len(application.received) == told


def test_brake_tells_once_what_to_do(rejecting, delivery, emulator):
    """The debugger says what was seen and what helps, however often a callback is held."""
    emulator.clock.advance(5)
    delivery.drain()
    (alert,) = emulator.store.alerts()

    told = rejecting.reservations[10]
    assert f"Task {told.task_sid} was offered to Worker {told.worker_sid} 10 times in 9 s, because" in alert.text
    assert "reject with the activity_sid" in alert.text
    assert alert.resource_sid == told.sid


@pytest.mark.parametrize(("each_ms", "told"), [(6000, "10 times in 54 s,"), (20, "10 times within a second,")])
def test_alert_says_how_long_it_took(desk, emulator, application, throttle, each_ms, told):
    """The alert has the time that the emulator's clock measured, whether replies take it or not."""
    emulator.clock.step_ms = 0

    class Slow:
        async def send(self, request: CallbackRequest) -> CallbackReply:
            emulator.clock.advance(each_ms / 1000)
            return json_reply(REJECT)

    delivery = InlineQueue(CallbackSender(emulator, Slow(), throttle), throttle)
    emulator.on_callbacks = delivery.send
    desk.task()
    desk.move(desk.available_sid)
    delivery.drain()

    assert told in emulator.store.alerts()[0].text


def test_failing_application_is_braked_too(desk, delivery, application):
    """Nobody there is not worse than always no: ten Reservations are canceled at once, the next callback waits."""
    application.replies = {ASSIGNMENT_URL: "no answer", FALLBACK_URL: "no answer"}
    desk.task()
    desk.move(desk.available_sid)
    delivery.drain()

    assert [each.reservation_status for each in desk.reservations] == [*["canceled"] * 10, "pending"]


def test_slow_answers_make_no_storm(desk, emulator, throttle):
    """On a running clock an application that takes half a second to reject is told at once as often as it likes."""
    wall = 0
    emulator.clock = Clock(emulator.clock.now(), running=True, wall=lambda: wall)
    asked = 0

    class Slow:
        async def send(self, request: CallbackRequest) -> CallbackReply:
            nonlocal wall, asked
            asked += 1
            wall += 500 if asked <= 30 else 0
            return json_reply(REJECT)

    delivery = InlineQueue(CallbackSender(emulator, Slow(), throttle), throttle)
    emulator.on_callbacks = delivery.send
    desk.task()
    desk.move(desk.available_sid)
    delivery.drain()

    assert (asked, throttle.due) == (30 + 10, emulator.clock.now() + PAUSE_MS)


def test_held_reservation_is_there(rejecting):
    """Only the callback waits: the Reservation exists and can be accepted."""
    assert [each.reservation_status for each in rejecting.reservations] == [*["rejected"] * 10, "pending"]


def test_workers_are_counted_each(desk, delivery, application):
    """A rejected Task that goes round between Alice and Bob is braked when one of them was asked ten times."""
    application.replies[ASSIGNMENT_URL] = REJECT
    desk.write(workers.create, friendly_name="Bob", activity_sid=desk.available_sid)
    desk.move(desk.available_sid)
    desk.task()
    delivery.drain()

    assert len(application.received) == 20


def test_people_are_not_held_up(desk, delivery, application, throttle):
    """A Task rejected through the API is told of again at once."""
    desk.task()
    desk.move(desk.available_sid)
    delivery.drain()
    desk.write(reservations.update, desk.reservations[0].sid, {"reservation_status": "rejected"})
    delivery.drain()

    assert (len(application.received), throttle.due) == (2, None)


def test_reservation_that_ended_is_not_told_of(rejecting, delivery, emulator, application, throttle):
    """A held callback is dropped when its Reservation was taken meanwhile, and nobody waits for its time."""
    rejecting.write(reservations.update, rejecting.reservations[-1].sid, {"reservation_status": "accepted"})

    assert throttle.due is None

    emulator.clock.advance(5)
    delivery.drain()

    assert len(application.received) == 10


def test_reset_forgets_the_storm(rejecting, delivery, throttle):
    """What is dropped holds nothing back in a world that comes after, where the same SID may be another Reservation."""
    run_without_loop(delivery.drop())

    assert throttle.due is None


def test_forgotten_workspace_holds_nothing_back(rejecting, emulator, throttle):
    """After a reset no callback waits for its time."""
    emulator.store.replace(Changes(at=0), {})
    emulator.renew()

    assert throttle.due is None
