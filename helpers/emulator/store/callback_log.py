"""What became of each callback, as it is kept in the store."""

from __future__ import annotations

import msgspec

from ..clock import Millis
from ..engine.model.changes import Callback

__all__ = ["Attempt", "DeliveryEntry"]


class Attempt(msgspec.Struct, kw_only=True, frozen=True):
    """One request: to which URL, and what came back or why nothing did.

    ``status`` is None when no answer came; ``error`` then says why. ``reply`` is the beginning of
    the answer's body.
    """

    url: str
    status: int | None = None
    reply: str = ""
    error: str | None = None


class DeliveryEntry(msgspec.Struct, kw_only=True):
    """One callback with all its attempts; ``number`` counts them, ``at`` is the emulator's own time.

    ``delivered`` says whether somebody answered in a way that counts. ``code`` and ``text`` are what
    Twilio's debugger would show about the reply, if anything.
    """

    callback: Callback
    attempts: list[Attempt]
    delivered: bool
    at: Millis
    code: int | None = None
    text: str | None = None
    number: int = 0
