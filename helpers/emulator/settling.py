"""Waiting for callbacks is a client's habit, and a client has it only where it cannot be waiting for itself.

An application that uses the API before it answers a callback would otherwise wait until its own answer is out. It
answers on a thread of its own, or in an event loop; so a client waits on the thread that made it and in no other loop.

A module of its own, because the server must start without importing the SDK.
"""

from __future__ import annotations

import asyncio
import threading

__all__ = ["AFTER_CALLBACKS_HEADER", "Home"]

AFTER_CALLBACKS_HEADER = "X-Emulator-After-Callbacks"
"""Asks the server to answer this request as of after the callbacks that came before it; any value will do."""


class Home:
    """The thread, and the event loop if one runs there, where something was made."""

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
