"""Callbacks and replies go wrong as asked for."""

from __future__ import annotations

import asyncio

import pytest

from helpers.emulator.callbacks.faults import Fault, Faults
from helpers.emulator.callbacks.faulty_transport import FaultyTransport
from helpers.emulator.callbacks.request import CallbackRequest, Undelivered

REQUEST = CallbackRequest(kind="event", url="http://127.0.0.1:9/", headers={}, body=b"", limit_seconds=15)


@pytest.fixture
def passed() -> list[float]:
    return []


@pytest.fixture
def faulty(application, passed):
    async def pass_time(seconds: float) -> None:
        passed.append(seconds)

    faults = Faults()
    return faults, FaultyTransport(application, faults, pass_time)


def send(transport: FaultyTransport) -> int:
    return asyncio.run(transport.send(REQUEST)).status


def test_fail_answers_for_the_receiver(faulty, application):
    """A failing delivery never reaches anybody; the one after it does."""
    faults, transport = faulty
    faults.add(Fault(fault="fail", status=503))

    assert [send(transport), send(transport)] == [503, 200]
    assert len(application.received) == 1


def test_times_counts_down(faulty):
    """A fault strikes as many times as asked for."""
    faults, transport = faulty
    faults.add(Fault(fault="fail", times=2))

    assert [send(transport) for _ in range(3)] == [500, 500, 200]
    assert faults.pending == []


def test_kind_narrows(faulty):
    """A fault for assignment callbacks leaves event callbacks alone."""
    faults, transport = faulty
    faults.add(Fault(fault="fail", kind="assignment"))

    assert send(transport) == 200
    assert len(faults.pending) == 1


def test_duplicate_sends_twice(faulty, application):
    """A duplicated delivery arrives twice."""
    faults, transport = faulty
    faults.add(Fault(fault="duplicate"))
    send(transport)

    assert len(application.received) == 2


def test_slow_delivery_arrives_late(faulty, application, passed):
    """A slow delivery waits, and then arrives."""
    faults, transport = faulty
    faults.add(Fault(fault="slow", seconds=3))
    send(transport)

    assert (passed, len(application.received)) == ([3], 1)


def test_too_slow_delivery_fails(faulty, application, passed):
    """One slower than the limit fails when the limit is reached, not later."""
    faults, transport = faulty
    faults.add(Fault(fault="slow", seconds=60))

    with pytest.raises(Undelivered, match="within 15 s"):
        send(transport)
    assert (passed, application.received) == ([15], [])


def test_late_reply_is_lost_after_the_application_had_its_say(faulty, application, passed):
    """The application was called, and TaskRouter gave up all the same: two truths."""
    faults, transport = faulty
    faults.add(Fault(fault="late_reply", seconds=60))

    with pytest.raises(Undelivered, match="within 15 s"):
        send(transport)
    assert (passed, len(application.received)) == ([15], 1)


@pytest.mark.parametrize(("fault", "body"), [("empty", b""), ("no_instruction", b'{"message": "success"}')])
def test_reply_is_another_one(faulty, application, fault, body):
    """The application is called, and what it says doesn't arrive."""
    faults, transport = faulty
    faults.add(Fault(fault=fault))
    reply = asyncio.run(transport.send(REQUEST))

    assert (reply.status, reply.content_type, reply.body) == (200, "application/json", body)
    assert len(application.received) == 1
