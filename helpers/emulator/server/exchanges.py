"""Exchanges that are function calls, one inside another, and what waits until none is open any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..settling import elsewhere

__all__ = ["Exchanges"]


class Exchanges:
    """Open exchanges of all programs that call each other in place: client, emulator, receivers of callbacks.

    Over the network a callback can't overtake the response that it follows. Here ``afterwards``, which sends them, is
    called when the outermost exchange has its response.
    """

    def __init__(self) -> None:
        self.afterwards: Callable[[], object] = _do_nothing
        self._open = 0

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
                    self.afterwards()
            finally:
                self._open -= 1


def _do_nothing() -> None:
    """Do nothing, until an emulator has callbacks to send."""
