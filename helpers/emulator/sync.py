"""Running of asynchronous code that never waits, without an event loop: for the browser, and for fast tests."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ["WouldWait", "run_without_loop"]

T = TypeVar("T")


class WouldWait(RuntimeError):
    """Coroutine that waited, without an event loop to wake it."""


def run_without_loop(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run ``coroutine`` to its end and return its result.

    Raises:
        WouldWait: it waited.
    """
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    coroutine.close()
    raise WouldWait(
        f"{getattr(coroutine, '__qualname__', coroutine)} waited, and in process no event loop can wake it. "
        f"Start the emulator with {__package__}.server.start() instead."
    )
