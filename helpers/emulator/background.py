"""Long work beside the event loop, so that nobody else waits for it."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable
from typing import Protocol, TypeVar

__all__ = ["Background", "BackgroundThread", "InTheWay"]

T = TypeVar("T")


class Background(Protocol):
    """Where long work is done that touches nothing but what it is given."""

    async def run(self, work: Callable[[], T]) -> T:
        """Return ``work()``."""
        ...

    async def breathe(self) -> None:
        """Let others go on, if the caller has kept them waiting for a while."""
        ...

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do ``work`` once an answer that was just given is on its way."""
        ...


class InTheWay:
    """Works where it is asked: there is no event loop, and nobody who waits."""

    async def run(self, work: Callable[[], T]) -> T:
        """Return ``work()``."""
        return work()

    async def breathe(self) -> None:
        """Go on."""

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do ``work``."""
        work()


_MANY_OBJECTS = 100_000
"""A pass over so many keeps everybody waiting for more than ten milliseconds."""

_SWITCH_SECONDS = 0.001
"""How long the event loop waits for the thread, several times for each request. Python's own is five times that."""

_AT_A_TIME_SECONDS = 0.01
"""How long the event loop may belong to one who breathes."""

_TURNS = 3
"""Turns of the event loop in which a request is read, answered and sent."""


class BackgroundThread:
    """Works on a thread, one piece at a time: each further thread would make the event loop wait a little longer."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._since = 0.0

    async def run(self, work: Callable[[], T]) -> T:
        """Return ``work()``. Nobody else has run on the event loop between its end and the return."""
        async with self._turn:
            return await asyncio.to_thread(_undisturbed, work)

    async def breathe(self) -> None:
        """Let others go on every ten milliseconds."""
        now = asyncio.get_running_loop().time()
        if now - self._since > _AT_A_TIME_SECONDS:
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            self._since = asyncio.get_running_loop().time()

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do ``work`` in the event loop's next turn: at the end of this one it sends what was answered."""
        asyncio.get_running_loop().call_soon(work)


def _undisturbed(work: Callable[[], T]) -> T:
    """Return ``work()`` without garbage collection, which walks over all objects in one go while no thread can run.

    If so many objects stay that the next pass would take long, it passes over all that live now. Those are freed as
    ever once nothing refers to them, unless they refer to one another in a circle.
    """
    if not gc.isenabled():
        return work()
    gc.disable()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        return work()
    finally:
        sys.setswitchinterval(interval)
        if gc.get_count()[0] > _MANY_OBJECTS:
            gc.freeze()
        gc.enable()
