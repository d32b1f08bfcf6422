"""Waiting for callbacks, which a client does only where it can't be waiting for itself.

An application that uses the API before it answers a callback would wait for its own answer. It answers on another
thread or in an event loop; so a client waits only on the thread, and in the event loop, that created it. Where servers
are functions, what answers a request runs on the caller's own thread, and counts as elsewhere all the same.

A separate module, because the server must start without importing the SDK.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["AFTER_CALLBACKS_HEADER", "ONLOOKER_HEADER", "SETTLE_SECONDS", "Home", "elsewhere"]

AFTER_CALLBACKS_HEADER = "X-Emulator-After-Callbacks"
"""Header, with any value, of a request to be handled after the callbacks that were caused before it."""

ONLOOKER_HEADER = "X-Emulator-Onlooker"
"""Header, with any value, of a request that a view makes only to draw itself: the request log leaves it out."""


SETTLE_SECONDS = 6.0
"""Time limit of waiting: a little more than an assignment callback can take, so that one that timed out is over."""

_depth: ContextVar[int] = ContextVar("depth", default=0)
"""Number of blocks of :func:`elsewhere`, one inside another."""


class Home:
    """Thread, and event loop if one runs there, in which it was created; not :func:`elsewhere` on that thread."""

    def __init__(self) -> None:
        self._place = _here()

    def is_here(self) -> bool:
        """Return True on the same thread, in the same event loop or again in none."""
        return self._place == _here()


@contextmanager
def elsewhere() -> Iterator[None]:
    """Treat the block as another thread: it answers a request of the code around it."""
    token = _depth.set(_depth.get() + 1)
    try:
        yield
    finally:
        _depth.reset(token)


def _here() -> tuple[int, int, asyncio.AbstractEventLoop | None]:
    try:
        return threading.get_ident(), _depth.get(), asyncio.get_running_loop()
    except RuntimeError:
        return threading.get_ident(), _depth.get(), None
