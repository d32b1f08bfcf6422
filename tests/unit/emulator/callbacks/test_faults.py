"""Faults strike as often as asked for, where asked for."""

from __future__ import annotations

import asyncio

import pytest

from helpers.emulator.callbacks.faults import Fault, Faults, FaultyTransport
from helpers.emulator.callbacks.request import Outgoing, Undelivered

REQUEST = Outgoing(kind="event", url="http://127.0.0.1:9/", headers={}, body=b"", limit_seconds=15)


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def faulty(receiver, slept):
    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    faults = Faults()
    return faults, FaultyTransport(receiver, faults, sleep)


def send(transport: FaultyTransport) -> int:
    return asyncio.run(transport.send(REQUEST)).status


def test_fail_answers_for_the_receiver(faulty, receiver):
    """A failing delivery never reaches anybody; the one after it does."""
    faults, transport = faulty
    faults.add(Fault(fault="fail", status=503))

    assert [send(transport), send(transport)] == [503, 200]
    assert len(receiver.received) == 1


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


def test_duplicate_sends_twice(faulty, receiver):
    """A duplicated delivery arrives twice."""
    faults, transport = faulty
    faults.add(Fault(fault="duplicate"))
    send(transport)

    assert len(receiver.received) == 2


def test_slow_delivery_arrives_late(faulty, receiver, slept):
    """A slow delivery waits, and then arrives."""
    faults, transport = faulty
    faults.add(Fault(fault="slow", seconds=3))
    send(transport)

    assert (slept, len(receiver.received)) == ([3], 1)


def test_too_slow_delivery_fails(faulty, receiver, slept):
    """One slower than the limit fails when the limit is reached, not later."""
    faults, transport = faulty
    faults.add(Fault(fault="slow", seconds=60))

    with pytest.raises(Undelivered, match="within 15 s"):
        send(transport)
    assert (slept, receiver.received) == ([15], [])
