"""The attendant of a console in a page: it looks between exchanges, or later, and never inside one."""

from __future__ import annotations

import asyncio

import pytest

from helpers.ground.page import page_attendant
from helpers.ground.page.loopback import LOOPBACK
from helpers.ground.page.page_attendant import PageAttendant


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves: its only item is the time in seconds."""
    now = [100.0]
    monkeypatch.setattr(page_attendant, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def looks():
    """What the attendant has done."""
    return []


@pytest.fixture
def attendant(page, clock, looks):
    """An attendant that has begun."""
    attendant = PageAttendant(lambda: looks.append(LOOPBACK.exchanges.are_open))
    attendant.start()
    yield attendant
    attendant.stop()


def exchange(meanwhile=lambda: None):
    """One exchange with a server that does something."""
    port = LOOPBACK.listen(lambda data: meanwhile() or b"HTTP/1.1 204 No Content\r\n\r\n")
    LOOPBACK.exchange(port, b"GET / HTTP/1.1\r\n\r\n")


def test_looks_when_the_outermost_exchange_is_over(attendant, looks):
    """A change inside an exchange, or inside one within it, is seen once, when all have their answers."""

    def change():
        attendant.wake()
        exchange(attendant.wake)
        assert looks == []

    exchange(change)

    assert looks == [True]


def test_looks_only_when_woken(attendant, looks):
    """An exchange without a change costs nothing."""
    exchange()

    assert looks == []


def test_rests_between_two_looks(attendant, looks, clock):
    """A cell that changes a lot is not slowed down: for 50 ms after a look, changes wait."""
    for _ in range(3):
        exchange(attendant.wake)
    clock[0] += 0.06
    exchange()

    assert len(looks) == 2


def test_looks_in_the_event_loop_when_no_exchange_follows(attendant, looks, clock):
    """The last change of a cell is seen after it, and so is one without an exchange, such as a replay."""

    async def cell():
        exchange(attendant.wake)
        exchange(attendant.wake)
        clock[0] += 0.05
        await asyncio.sleep(0.1)
        attendant.wake()
        attendant.present()
        clock[0] += 0.05
        await asyncio.sleep(0.1)

    asyncio.run(cell())

    assert len(looks) == 3


def test_looks_no_more_when_stopped(attendant, looks, clock):
    """Neither after an exchange nor later."""

    async def cell():
        attendant.wake()
        attendant.stop()
        exchange(attendant.wake)
        await asyncio.sleep(0.02)

    asyncio.run(cell())

    assert looks == []


def test_look_that_asks_wakes_nobody(page, clock):
    """A look makes requests of its own, which end in no further look."""
    looks = []
    attendant = PageAttendant(lambda: looks.append(exchange()))
    attendant.start()

    exchange(attendant.wake)
    attendant.stop()

    assert len(looks) == 1
