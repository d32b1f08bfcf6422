"""Long work on a thread, so that the requests in the event loop don't wait for it."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

__all__ = ["BackgroundThread"]

T = TypeVar("T")

_MANY_OBJECTS = 100_000
"""Number of objects from which a pass of the garbage collector blocks all threads for over ten milliseconds."""

_SWITCH_SECONDS = 0.001
"""Time for which the event loop waits for the thread, several times a request. Python's default is five times that."""

_AT_A_TIME_SECONDS = 0.01
"""Time for which a caller of ``breathe`` can hold the event loop."""

_ITERATIONS = 3
"""Iterations of the event loop in which a request is read and answered."""


class BackgroundThread:
    """Runner on a thread, one piece of work at a time: each further thread would slow the event loop down."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._since = 0.0

    async def run(self, work: Callable[[], T]) -> T:
        """Run ``work`` on a thread and return its result."""
        async with self._lock:
            self._loop = asyncio.get_running_loop()
            return await asyncio.to_thread(_without_gc, work)

    def ask(self, question: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the event loop, and return its result to the thread that waits for it here."""
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(question, self._loop).result()

    async def breathe(self) -> None:
        """Let other tasks run every ten milliseconds."""
        now = asyncio.get_running_loop().time()
        if now - self._since > _AT_A_TIME_SECONDS:
            for _ in range(_ITERATIONS):
                await asyncio.sleep(0)
            self._since = asyncio.get_running_loop().time()

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do ``work`` in the event loop's next iteration: at the end of this one it sends the response."""
        asyncio.get_running_loop().call_soon(work)


def _without_gc(work: Callable[[], T]) -> T:
    """Return ``work()``, run without garbage collection, which walks over all objects while no other thread can run.

    If so many new objects stay that the next pass would take long, all present ones are exempt from passes. They are
    freed all the same once nothing refers to them, unless they refer to one another in a circle.
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
