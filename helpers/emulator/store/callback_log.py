"""Entries of the delivery log: each callback with its attempts."""

from __future__ import annotations

import msgspec

from ..clock import Millis
from ..engine.model.changes import Callback

__all__ = ["Attempt", "DeliveryEntry"]


class Attempt(msgspec.Struct, kw_only=True, frozen=True):
    """One request for a callback, with the beginning of the response's body in ``reply``.

    ``status`` is None if no response came; ``error`` then says why.
    """

    url: str
    status: int | None = None
    reply: str = ""
    error: str | None = None


class DeliveryEntry(msgspec.Struct, kw_only=True):
    """Callback with all its attempts; ``number`` is the entry's own, ``at`` is the emulator's time.

    ``delivered`` is True if a receiver answered as TaskRouter expects. ``code`` and ``text`` are those of the
    reply in Twilio's debugger, if it has any.
    """

    callback: Callback
    attempts: list[Attempt]
    delivered: bool
    at: Millis
    code: int | None = None
    text: str | None = None
    number: int = 0
