"""Transport of callbacks to functions of this process."""

from __future__ import annotations

import time
from asyncio import CancelledError
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import msgspec

from ..engine.callbacks.callback_reply import CallbackReply
from .request import CallbackRequest, Undelivered, check_length, late, refuse_beyond_loopback

__all__ = ["NOBODY", "DirectTransport", "Receive", "as_on_the_wire"]

Receive = Callable[[CallbackRequest], CallbackReply]
"""Function that replies to a callback, which has the headers that it has over the network, or raises Undelivered."""

NOBODY = "ConnectError: All connection attempts failed"
"""Words for the delivery log where nothing listens at a callback's address; those of :class:`.HttpTransport`."""


class DirectTransport:
    """Transport that calls ``receive``, and refuses what :class:`.HttpTransport` refuses.

    A function can't be cut off, so its time is measured: a reply later than the limit counts as none.

    Args:
        now: returns seconds of any clock that runs steadily.
    """

    def __init__(self, receive: Receive, now: Callable[[], float] = time.monotonic) -> None:
        self._receive = receive
        self._now = now
        self._abandoned = 0

    async def send(self, request: CallbackRequest) -> CallbackReply:
        """Send a request and return the reply.

        Raises:
            Undelivered: no reply came, not in time, or one that is too long.
            CancelledError: :meth:`abandon` was called meanwhile.
        """
        abandoned, began = self._abandoned, self._now()
        reply: CallbackReply | Undelivered
        try:
            refuse_beyond_loopback(urlsplit(request.url).hostname or "")
            reply = self._receive(as_on_the_wire(request))
        except Undelivered as failure:
            reply = failure
        if self._abandoned != abandoned:
            raise CancelledError
        if self._now() - began >= request.limit_seconds:
            raise late(request)
        if isinstance(reply, Undelivered):
            raise reply
        check_length(reply.body)
        return reply

    def abandon(self) -> None:
        """Drop the reply to the request that is open now, if one is."""
        self._abandoned += 1


def as_on_the_wire(request: CallbackRequest) -> CallbackRequest:
    """Return a request with all headers that HTTP adds; user and password in the URL become one, as httpx does it."""
    parts = urlsplit(request.url)
    user_info, at, host = parts.netloc.rpartition("@")
    host = host.lower()
    headers = {
        "Host": host,
        "Connection": "keep-alive",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        **request.headers,
    }
    if request.body:
        headers["Content-Length"] = str(len(request.body))
    if at:
        user, _, password = user_info.partition(":")
        credentials = f"{unquote(user)}:{unquote(password)}".encode()
        headers["Authorization"] = f"Basic {b64encode(credentials).decode()}"
    url = parts._replace(netloc=host).geturl()
    return msgspec.structs.replace(request, url=url, headers=headers)
