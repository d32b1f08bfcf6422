"""Receivers of callbacks, told apart by host and port, with a limit of open requests to each."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from ..engine.callbacks.callback_reply import CallbackReply
from ..guard import is_loopback
from .request import CallbackRequest, Transport

__all__ = ["FairTransport", "receiver_of"]

_AT_ONCE = 32
"""Limit of open requests to one receiver; more would only wait inside it."""

_PORTS = {"http": 80, "https": 443}


def receiver_of(url: str) -> str:
    """Return host and port of ``url``. All names of loopback are one host; a malformed URL is a receiver of its own."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return url
    return f"{'localhost' if is_loopback(host) else host}:{port}"


class FairTransport:
    """Transport that sends as ``inner`` does; a receiver that never answers delays only requests to itself."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self._places: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        """Semaphores by receiver, for those with open or waiting requests."""

    async def send(self, request: CallbackRequest) -> CallbackReply:
        """Send a request once the receiver has a free place; its time limit begins then.

        Raises:
            Undelivered: as ``inner`` does.
        """
        places = self._places.setdefault(receiver_of(request.url), asyncio.Semaphore(_AT_ONCE))
        async with places:
            return await self._inner.send(request)
