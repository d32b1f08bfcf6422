"""Sends each answer in one write.

uvicorn writes head and body apart. On a loopback connection each write costs the system a packet and the client a
waking-up: together more than the emulator needs to make the answer.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["JoiningTransport", "OneWriteProtocol"]


class OneWriteProtocol(HttpToolsProtocol):
    """uvicorn's HTTP/1.1, on a transport that joins what is written in one go."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(JoiningTransport(transport, self.loop))  # type: ignore[arg-type]


class JoiningTransport:
    """Keeps what is written until more follows, or until the event loop's next turn; the rest is ``inner``'s."""

    def __init__(self, inner: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._inner = inner
        self._loop = loop
        self._kept = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def write(self, data: bytes) -> None:
        """Send ``data``: a head together with the body that follows, or alone if none does in this turn."""
        if self._kept:
            self._kept += data
            self._flush()
        else:
            self._kept = data
            self._loop.call_soon(self._flush)

    def is_closing(self) -> bool:
        """As the inner transport says; here, because it is asked with each request."""
        return self._inner.is_closing()

    def close(self) -> None:
        """Send what was written, then close."""
        self._flush()
        self._inner.close()

    def _flush(self) -> None:
        if self._kept:
            self._inner.write(self._kept)
            self._kept = b""
