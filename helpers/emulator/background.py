"""Long work outside the event loop, so that other requests don't wait for it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from .sync import run_without_loop

__all__ = ["Background", "InTheWay"]

T = TypeVar("T")


class Background(Protocol):
    """Runner of long work that touches nothing but its arguments."""

    async def run(self, work: Callable[[], T]) -> T:
        """Run ``work`` and return its result."""
        ...

    def ask(self, question: Coroutine[Any, Any, T]) -> T:
        """Return the result of a coroutine that runs where requests are answered; only work of ``run`` calls this."""
        ...

    async def breathe(self) -> None:
        """Let other tasks run, if the caller has kept them waiting for a while."""
        ...

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do ``work`` once the response that was just written is on its way."""
        ...


class InTheWay:
    """Runner that works in place, where there is no event loop and nothing else to run."""

    async def run(self, work: Callable[[], T]) -> T:
        """Run ``work`` and return its result."""
        return work()

    def ask(self, question: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine that waits for nothing, and return its result."""
        return run_without_loop(question)

    async def breathe(self) -> None:
        """Do nothing: there are no other tasks."""

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do ``work``."""
        work()
