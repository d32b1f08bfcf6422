"""Threads that answer requests, so that the listener's event loop waits for no learner's function."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar

__all__ = ["AnsweringThreads"]

T = TypeVar("T")


class AnsweringThreads:
    """Daemon threads, as many as there were requests at once; each waits for the next when it is done.

    They are kept because a new thread takes longer to start than a callback to be answered, and daemons because Python
    ends without waiting for those: a decision function may have no end.
    """

    def __init__(self) -> None:
        self._jobs = SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None]()
        self._idle = threading.Semaphore(0)

    async def run(self, work: Callable[[], T]) -> T:
        """Return ``work()``, done on one of the threads."""
        done = Future[T]()
        done.set_running_or_notify_cancel()  # otherwise a server that stops would cancel it, and ``set_result`` raise
        self._jobs.put((work, done))
        if not self._idle.acquire(blocking=False):
            threading.Thread(target=self._work, name="callback", daemon=True).start()
        return await asyncio.wrap_future(done)

    def end(self) -> None:
        """Let each thread end as soon as it is done."""
        self._jobs.put(None)

    def _work(self) -> None:
        while job := self._jobs.get():
            work, done = job
            try:
                tell = partial(done.set_result, work())
            except BaseException as error:
                tell = partial(done.set_exception, error)
            self._idle.release()  # first, so that a sender's next request finds this thread idle
            tell()
        self._jobs.put(None)  # for the next thread
