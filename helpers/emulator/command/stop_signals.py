"""Signals that end a server: SIGTERM, and SIGINT from Ctrl+C."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator

__all__ = ["stop_signals"]


@contextlib.contextmanager
def stop_signals() -> Iterator[Callable[[], object]]:
    """Yield a function that waits for SIGTERM or SIGINT, and returns at once if one came before it was called.

    It waits for a socket, not for a queue or an Event: a main thread that waits for those never runs its handler if the
    signal comes just before the wait begins. On Windows a signal doesn't end such a wait at all.
    """
    woken, waker = socket.socketpair()
    with woken, waker:
        waker.setblocking(False)  # as set_wakeup_fd demands
        former = signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        try:
            yield lambda: woken.recv(1)
        finally:
            signal.set_wakeup_fd(former)
