"""Transport of callbacks over HTTP."""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
from functools import cache
from typing import TYPE_CHECKING

from ..engine.callbacks.callback_reply import CallbackReply
from .request import CallbackRequest, Undelivered, check_length, late, refuse_beyond_loopback

if TYPE_CHECKING:
    import httpx  # here, because the import takes longer than starting the server

__all__ = ["HttpTransport"]


class HttpTransport:
    """Transport in an event loop, which reuses connections.

    Args:
        allow_remote: let callbacks leave the machine; without it they reach loopback only.
    """

    def __init__(self, *, allow_remote: bool = False) -> None:
        self._allow_remote = allow_remote
        self._clients: dict[bool, httpx.AsyncClient] = {}
        """Clients by whether they are for https."""

    async def send(self, request: CallbackRequest) -> CallbackReply:
        """Send a request and return the reply; redirects are not followed.

        Raises:
            Undelivered: no reply came, not in time, or one that is too long.
        """
        try:
            async with asyncio.timeout(request.limit_seconds):
                return await self._exchange(request)
        except TimeoutError:
            raise late(request) from None

    async def preload(self) -> None:
        """Create the client for http on a thread, so that the first callback doesn't wait for it."""
        client = await asyncio.to_thread(_new_client, False)
        self._clients.setdefault(False, client)

    async def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            await client.aclose()

    async def _exchange(self, outgoing: CallbackRequest) -> CallbackReply:
        client = self._client(outgoing.url.lower().startswith("https:"))
        try:
            request = client.build_request(
                outgoing.method, outgoing.url, headers=outgoing.headers, content=outgoing.body
            )
            if not self._allow_remote:
                refuse_beyond_loopback(request.url.host)
            user, password = request.url.username, request.url.password
            request.url = request.url.copy_with(userinfo=b"")  # httpx logs the URL
            response = await client.send(request, stream=True, auth=(user, password) if user or password else None)
            try:
                return await _read(response)
            finally:
                await response.aclose()
        except Undelivered:
            raise
        except Exception as error:
            # A URL and its reply can fail in more ways than the library documents (a port beyond 65535 raises an
            # OverflowError in a group, for example); each of them is a failed attempt.
            raise Undelivered(_reason(error)) from error

    def _client(self, is_secure: bool) -> httpx.AsyncClient:
        if is_secure not in self._clients:
            self._clients[is_secure] = _new_client(is_secure)
        return self._clients[is_secure]


async def _read(response: httpx.Response) -> CallbackReply:
    body = b""
    async for chunk in response.aiter_bytes():
        body += chunk
        check_length(body)
    return CallbackReply(status=response.status_code, content_type=response.headers.get("content-type"), body=body)


def _new_client(is_secure: bool) -> httpx.AsyncClient:
    # None makes httpx do without its command, whose packages take longer to load than all of httpx.
    is_hidden = sys.modules.setdefault("httpx._main", None) is None  # type: ignore[arg-type]
    import httpx  # here, because the import takes longer than starting the server

    if is_hidden:
        sys.modules.pop("httpx._main", None)

    # Neither proxies nor .netrc: a callback goes where its URL says, with no credentials but the URL's. Connections are
    # kept for bursts only: one that the other side closes just when it is used again looks like a failed callback.
    return httpx.AsyncClient(
        headers={"Accept": "*/*", "Accept-Encoding": "identity"},
        trust_env=False,
        follow_redirects=False,
        timeout=None,
        # Most callbacks go to http, for which certificates would be read in vain: that context trusts none.
        verify=_trust(os.environ.get("SSL_CERT_FILE")) if is_secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        limits=httpx.Limits(max_connections=None, keepalive_expiry=1.0),
    )


@cache  # reading them takes longer than the rest of the emulator's start
def _trust(file: str | None) -> ssl.SSLContext:
    """Return the trusted certificates: this machine's, or those in ``file``, which SSL_CERT_FILE names."""
    return ssl.create_default_context()


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
