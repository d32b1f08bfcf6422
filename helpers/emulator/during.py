"""Whether somebody is just answering a callback, told from the listener's thread to the emulator's.

A module of its own, because the server must start without importing the SDK.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["DURING_CALLBACK_HEADER", "during_callback", "is_during_callback"]

DURING_CALLBACK_HEADER = "X-Emulator-During-Callback"
"""Stands on requests sent meanwhile: letting them wait for callbacks to settle would be waiting for themselves."""

_during: ContextVar[bool] = ContextVar("helpers.emulator.during", default=False)


@contextmanager
def during_callback() -> Iterator[None]:
    """Mark that a callback is being answered: what the SDK sends meanwhile says so."""
    token = _during.set(True)
    try:
        yield
    finally:
        _during.reset(token)


def is_during_callback() -> bool:
    """Whether this thread is answering a callback."""
    return _during.get()
