"""One callback: its URL, its fallback, and what the answer does."""

from __future__ import annotations

import sqlite3

import pytest

from helpers.emulator.callbacks.inline_queue import InlineQueue
from helpers.emulator.callbacks.sender import CallbackSender
from helpers.emulator.callbacks.throttle import Throttle
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.commands import workspaces
from tests.worlds.application import ASSIGNMENT_URL, FALLBACK_URL


@pytest.fixture
def delivery(emulator, application) -> InlineQueue:
    throttle = Throttle(emulator)
    delivery = InlineQueue(CallbackSender(emulator, application, throttle), throttle)
    emulator.on_callbacks = delivery.send
    return delivery


@pytest.fixture
def reserve(desk, delivery):
    """Lets Alice be offered a Task, delivers, and gives the first Reservation."""

    def run():
        desk.task()
        desk.move(desk.available_sid)
        delivery.drain()
        return desk.reservations[0]

    return run


def test_empty_answer_means_later(reserve, application):
    """``{}`` leaves the Reservation pending; the callback counts as answered."""
    reservation = reserve()

    assert (reservation.reservation_status, reservation.callback_due) == ("pending", False)
    assert application.urls == [ASSIGNMENT_URL]


def test_instruction_is_carried_out(reserve, application):
    """An accept instruction accepts."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "accept"}

    assert reserve().reservation_status == "accepted"


@pytest.mark.parametrize(
    "failure",
    [
        "no answer",
        CallbackReply(status=500, content_type=None, body=b""),
        CallbackReply(status=302, content_type=None, body=b""),
    ],
)
def test_fallback_is_tried(reserve, application, failure):
    """When the first URL fails the fallback gets the same request, and its answer counts."""
    application.replies = {ASSIGNMENT_URL: failure, FALLBACK_URL: {"instruction": "accept"}}

    assert reserve().reservation_status == "accepted"
    assert application.urls == [ASSIGNMENT_URL, FALLBACK_URL]
    assert application.received[0].body == application.received[1].body


def test_two_failures_cancel_the_reservation(reserve, application, desk):
    """When both URLs fail the Reservation is canceled, the Task is offered anew, and told of at once."""
    application.replies = {ASSIGNMENT_URL: "no answer", FALLBACK_URL: "no answer"}

    assert reserve().reservation_status == "canceled"
    assert application.urls[:4] == [ASSIGNMENT_URL, FALLBACK_URL] * 2
    assert desk.reservations[1].reservation_status == "canceled"


def test_log_tells_each_attempt(reserve, application, emulator):
    """The log holds both attempts, what came back, and the code Twilio's debugger would show."""
    application.replies[ASSIGNMENT_URL] = CallbackReply(status=500, content_type=None, body=b"oh no")
    reserve()
    (entry,) = emulator.store.deliveries()

    assert [(each.url, each.status, each.reply) for each in entry.attempts] == [
        (ASSIGNMENT_URL, 500, "oh no"),
        (FALLBACK_URL, 200, "{}"),
    ]
    assert (entry.delivered, entry.code, entry.at) == (True, 11200, emulator.clock.now())


def test_log_excerpt_is_short(reserve, application, emulator):
    """A long answer is kept only in its beginning."""
    application.replies[ASSIGNMENT_URL] = CallbackReply(status=404, content_type=None, body=b"x" * 10_000)
    reserve()

    assert len(emulator.store.deliveries()[0].attempts[0].reply) == 500


def test_callback_of_a_deleted_workspace_is_dropped(desk, delivery, emulator):
    """A workspace that goes while its callback is on the way takes the Reservation with it."""
    desk.task()
    desk.move(desk.available_sid)
    desk.write(workspaces.delete)
    delivery.drain()

    assert [entry.delivered for entry in emulator.store.deliveries()] == [True]


def test_full_disk_leaves_the_callback_due(desk, delivery, monkeypatch):
    """An answer that cannot be stored has not happened: a restart sends the callback again."""
    desk.task()
    desk.move(desk.available_sid)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("full")

    monkeypatch.setattr(desk.emulator.store._journal, "keep", full)
    delivery.drain()

    assert desk.reservations[0].callback_due
