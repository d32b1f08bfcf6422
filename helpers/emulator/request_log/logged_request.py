"""Logged request: one to the API, or one attempt of a callback, as it was on the wire."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from ..callbacks.request import CallbackRequest
from ..clock import Millis
from ..engine.callbacks.callback_reply import CallbackReply
from ..engine.model.changes import Callback

__all__ = ["TIMER", "UNKNOWN", "CausedEvent", "Delivery", "LoggedRequest"]

UNKNOWN = 0
"""Number that stands for a request that the log doesn't have."""

TIMER = 0
"""Number that stands for a timer where the number of a request stands otherwise: those begin with 1."""

Headers = tuple[tuple[bytes, bytes], ...]


class CausedEvent(NamedTuple):
    """Event that a request caused: its number, its type, and what it is about."""

    number: int
    event_type: str
    resource_sid: str


class Delivery(msgspec.Struct, kw_only=True, gc=False):
    """Callback on its way: the numbers of its attempts so far, and what caused it.

    ``cause`` is the number of a request, :data:`TIMER`, or None if neither caused it. If somebody sent it again,
    ``replay_of`` is the number of the attempt they chose, :data:`UNKNOWN` if they chose it elsewhere, and ``changes``
    says what they changed; None if TaskRouter sends it. ``is_overtaken`` is True if a fault held it back until a later
    callback to the same receiver had been sent.
    """

    callback: Callback
    cause: int | None = None
    attempts: tuple[int, ...] = ()
    replay_of: int | None = None
    changes: tuple[str, ...] = ()
    is_overtaken: bool = False


class LoggedRequest(msgspec.Struct, kw_only=True, gc=False):
    """Request with its response; ``delivery`` is None for one to the API.

    What it holds is made of tuples, texts and bytes: the garbage collector would look at 500 requests again and again.

    ``status`` is None while it is open, and if no response came, which ``error`` then explains. Bodies longer than the
    log keeps are cut; ``body_size`` and ``reply_size`` are those on the wire. ``effects`` are the numbers of the
    callbacks that it caused, ``events`` and ``alerts`` what it left behind. ``sent`` is the number of times that a
    callback really left: a fault can make that 0 or 2.
    """

    number: int
    at_ms: Millis
    began: float
    method: str
    url: str
    """Path with the query of a request to the API; the whole URL of a callback."""
    headers: Headers = ()
    body: bytes = b""
    body_size: int = 0
    status: int | None = None
    error: str = ""
    reply_headers: Headers = ()
    reply: bytes = b""
    reply_size: int = 0
    took_ms: float | None = None
    delivery: Delivery | None = None
    session_account: str | None = None
    """SID of the account whose session a request of a page has."""
    outgoing: CallbackRequest | None = None
    """Request of a callback, which has its headers."""
    effects: tuple[int, ...] = ()
    events: tuple[CausedEvent, ...] = ()
    alerts: tuple[str, ...] = ()
    sent: int = 1
    replay_of: int | None = None
    means: str | None = None
    """Sentence for the list, once somebody has asked for it."""

    def note_reply(self, reply: CallbackReply) -> None:
        """Keep the reply to a callback."""
        self.status, self.reply, self.reply_size = reply.status, reply.body, len(reply.body)
        if reply.content_type is not None:
            self.reply_headers = ((b"content-type", reply.content_type.encode("latin-1", "replace")),)

    def __repr__(self) -> str:
        return f"<request {self.number}>"  # headers and URLs hold secrets

    @property
    def kept(self) -> int:
        """Number of bytes of the bodies that are kept."""
        return len(self.body) + len(self.reply)
