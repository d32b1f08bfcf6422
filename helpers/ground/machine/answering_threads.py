"""Threads that answer requests, so that the listener's event loop doesn't wait for a learner's function."""

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
    """Daemon threads, as many as there were requests at once; each then waits for another request.

    They are kept because starting a thread takes longer than answering a callback. They are daemons because Python
    doesn't wait for those when it ends, and a decision function can run forever.
    """

    def __init__(self) -> None:
        self._jobs = SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None]()
        self._idle = threading.Semaphore(0)

    async def run(self, work: Callable[[], T]) -> T:
        """Run ``work`` on one of the threads and return its result."""
        done = Future[T]()
        done.set_running_or_notify_cancel()  # else a server that stops would cancel it, and ``set_result`` would raise
        self._jobs.put((work, done))
        if not self._idle.acquire(blocking=False):
            threading.Thread(target=self._work, name="callback", daemon=True).start()
        return await asyncio.wrap_future(done)

    def end(self) -> None:
        """End each thread after its current request."""
        self._jobs.put(None)

    def _work(self) -> None:
        while job := self._jobs.get():
            work, done = job
            try:
                tell = partial(done.set_result, work())
            except BaseException as error:
                tell = partial(done.set_exception, error)
            self._idle.release()  # before the reply, so that the sender's next request finds this thread idle
            tell()
        self._jobs.put(None)  # for the next thread
