"""Way out of the stage's TaskRouter: callbacks go to public URLs alone, through the proxy, as late as routing lags."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import parse_qsl

import httpx

from tests.contract.stage.authority import Authority

__all__ = ["outbound_client"]

LONGEST_DELAY_SECONDS = 3.0
"""Limit for assignment callbacks, whose five seconds for a reply the emulator counts from before this delay."""


def outbound_client(proxy_url: str, authority: Authority, lag: Callable[[], float]) -> httpx.AsyncClient:
    """Return a client for the emulator's callbacks; ``lag`` returns the seconds that each comes late."""
    transport = _Outbound(proxy_url, authority, lag)
    return httpx.AsyncClient(headers={"Accept": "*/*"}, trust_env=False, timeout=None, transport=transport)


class _Outbound(httpx.AsyncBaseTransport):
    """Transport through the stage's proxy, where a name leads to ngrok's edge or nowhere."""

    def __init__(self, proxy_url: str, authority: Authority, lag: Callable[[], float]) -> None:
        self._lag = lag
        self._inner = httpx.AsyncHTTPTransport(proxy=proxy_url, verify=authority.client_side)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a callback when it is due."""
        if _is_private(request.url.host):
            raise httpx.ConnectError(f"Twilio can't reach {request.url.host}: no public address")
        await asyncio.sleep(_delay_seconds(request, self._lag()))
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections to the proxy."""
        await self._inner.aclose()


def _delay_seconds(request: httpx.Request, lag_seconds: float) -> float:
    """Return how long a callback must still wait. Events, sent one after another, count from when they happened."""
    form = dict(parse_qsl(request.content.decode(errors="replace")))
    happened_ms = form.get("TimestampMs")
    if happened_ms is None:
        return min(lag_seconds, LONGEST_DELAY_SECONDS)
    return max(0.0, lag_seconds + int(happened_ms) / 1000 - time.time())


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host
