"""Exchanges that are function calls, one inside another, and what waits until none is open any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..settling import elsewhere

__all__ = ["Exchanges"]


class Exchanges:
    """Open exchanges of all programs that call each other in place: client, emulator, receivers of callbacks.

    Over the network a callback can't overtake the response that it follows. Here what :meth:`afterwards` adds, sending
    them in particular, is done when the outermost exchange has its response.
    """

    def __init__(self) -> None:
        self._open = 0
        self._works: tuple[Callable[[], object], ...] = ()
        self._once: list[Callable[[], object]] = []

    @property
    def are_open(self) -> bool:
        """True during an exchange, and while the work after it is done."""
        return self._open > 0

    def afterwards(self, work: Callable[[], object]) -> Callable[[], None]:
        """Do ``work`` after each outermost exchange from now on, and return a function that ends this."""
        self._works = (*self._works, work)

        def end() -> None:
            self._works = tuple(each for each in self._works if each is not work)

        return end

    def once_afterwards(self, work: Callable[[], object]) -> None:
        """Do ``work`` once, after all other work at the end of the present exchange; without one, now."""
        if self.are_open:
            self._once.append(work)
        else:
            work()

    @contextmanager
    def carried(self) -> Iterator[None]:
        """Carry an exchange, answered inside the block, which is ``elsewhere`` than its caller."""
        self._open += 1
        try:
            with elsewhere():
                yield
        finally:
            try:
                if self._open == 1:  # it stays open meanwhile, so that none inside a callback is the outermost
                    for work in self._works:
                        work()
                    while self._once:
                        self._once.pop(0)()
            finally:
                self._open -= 1
