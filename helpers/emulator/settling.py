"""Waiting for callbacks, which a client does only where it can't be waiting for itself.

An application that uses the API before it answers a callback would wait for its own answer. It answers on another
thread or in an event loop; so a client waits only on the thread, and in the event loop, that created it.

A separate module, because the server must start without importing the SDK.
"""

from __future__ import annotations

import asyncio
import threading

__all__ = ["AFTER_CALLBACKS_HEADER", "Home"]

AFTER_CALLBACKS_HEADER = "X-Emulator-After-Callbacks"
"""Header, with any value, of a request to be handled after the callbacks that were caused before it."""


class Home:
    """Thread, and event loop if one runs there, in which it was created."""

    def __init__(self) -> None:
        self._place = _here()

    def is_here(self) -> bool:
        """Return True on the same thread, in the same event loop or again in none."""
        return self._place == _here()


def _here() -> tuple[int, asyncio.AbstractEventLoop | None]:
    try:
        return threading.get_ident(), asyncio.get_running_loop()
    except RuntimeError:
        return threading.get_ident(), None
