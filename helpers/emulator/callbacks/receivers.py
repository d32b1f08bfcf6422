"""Receivers of callbacks: which URLs lead to the same one, and how many requests each has open at most."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from ..engine.callbacks.callback_reply import CallbackReply
from ..guard import is_loopback
from .request import Outgoing, Transport

__all__ = ["FairTransport", "receiver_of"]

_AT_ONCE = 32
"""Open requests to one receiver; more would only wait inside it."""

_PORTS = {"http": 80, "https": 443}


def receiver_of(url: str) -> str:
    """Return host and port of ``url``. All names of loopback are one host; what is no URL is a receiver by itself."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return url
    return f"{'localhost' if is_loopback(host) else host}:{port}"


class FairTransport:
    """Carries requests as ``inner`` does; who never answers keeps nobody waiting but the requests to himself."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self._places: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        """One for each receiver that is sent to, or waited for, just now."""

    async def send(self, request: Outgoing) -> CallbackReply:
        """Send as soon as the receiver has a place; its time to answer begins then.

        Raises:
            Undelivered: as ``inner`` does.
        """
        places = self._places.setdefault(receiver_of(request.url), asyncio.Semaphore(_AT_ONCE))
        async with places:
            return await self._inner.send(request)
