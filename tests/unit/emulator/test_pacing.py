"""A Task that comes back to the same Worker by nothing but answers waits five seconds of the emulator's time."""

from __future__ import annotations

import msgspec
import pytest

from helpers.emulator.courier import Courier
from helpers.emulator.delivery import DirectDelivery
from helpers.emulator.engine import reservations, workers
from helpers.emulator.engine.changes import Changes
from helpers.emulator.engine.instructions import Reply
from helpers.emulator.pacing import PAUSE_MS, Pacing

ASSIGNMENT_URL = "http://127.0.0.1:9/assignment"
REJECT = Reply(status=200, content_type="application/json", body=msgspec.json.encode({"instruction": "reject"}))


@pytest.fixture
def pacing(emulator) -> Pacing:
    return Pacing(emulator)


@pytest.fixture
def delivery(emulator, receiver, pacing) -> DirectDelivery:
    delivery = DirectDelivery(Courier(emulator, receiver, pacing), pacing)
    emulator.on_callbacks = delivery.send
    return delivery


@pytest.fixture
def rejecting(desk, delivery, receiver):
    """Alice has a Task, and the application rejects whatever it is asked."""
    receiver.replies[ASSIGNMENT_URL] = REJECT
    desk.task()
    desk.move(desk.available_sid)
    delivery.drain()
    return desk


def test_same_worker_is_told_later(rejecting, delivery, emulator, receiver, pacing):
    """The second callback is held for five seconds of the emulator's clock, then it goes out."""
    assert (len(receiver.received), pacing.due) == (1, emulator.now() + PAUSE_MS)

    emulator.clock.advance(5)
    delivery.drain()

    assert len(receiver.received) == 2


def test_held_reservation_is_there(rejecting):
    """Only the callback waits: the Reservation exists and can be accepted."""
    assert [each.reservation_status for each in rejecting.reservations] == ["rejected", "pending"]


def test_another_worker_is_told_at_once(desk, delivery, receiver):
    """A rejected Task goes to Bob without delay, and is held when it comes round to Alice again."""
    receiver.replies[ASSIGNMENT_URL] = REJECT
    desk.write(workers.create, friendly_name="Bob", activity_sid=desk.available_sid)
    desk.move(desk.available_sid)
    desk.task()
    delivery.drain()

    assert len(receiver.received) == 2


def test_people_are_not_held_up(desk, delivery, receiver, pacing):
    """A Task rejected through the API is told of again at once."""
    desk.task()
    desk.move(desk.available_sid)
    delivery.drain()
    desk.write(reservations.update, desk.reservations[0].sid, {"reservation_status": "rejected"})
    delivery.drain()

    assert (len(receiver.received), pacing.due) == (2, None)


def test_reservation_that_ended_is_not_told_of(rejecting, delivery, emulator, receiver, pacing):
    """A held callback is dropped when its Reservation was taken meanwhile, and nobody waits for its time."""
    rejecting.write(reservations.update, rejecting.reservations[1].sid, {"reservation_status": "accepted"})

    assert pacing.due is None

    emulator.clock.advance(5)
    delivery.drain()

    assert len(receiver.received) == 1


def test_forgotten_workspace_holds_nothing_back(rejecting, emulator, pacing):
    """After a reset no callback waits for its time."""
    emulator.store.replace(Changes(at=0), {})
    emulator.renew()

    assert pacing.due is None
