"""Way out of the stage's TaskRouter: callbacks go to public URLs alone, through the proxy, as late as routing lags."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import parse_qsl

import httpx

from helpers.emulator.callbacks.request import CallbackRequest
from helpers.emulator.callbacks.transport import HttpTransport
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from tests.contract.stage.authority import Authority

__all__ = ["redirect"]


def redirect(transport: HttpTransport, proxy_url: str, authority: Authority, lag: Callable[[], float]) -> None:
    """Let the emulator's ``transport`` send through the proxy, where a name leads to ngrok's edge or nowhere.

    Its own client would look names up and trust this machine's authorities.

    Args:
        lag: returns the seconds that each callback comes late. They don't count for the time that a reply may take.
    """
    send = transport.send

    async def send_late(request: CallbackRequest) -> CallbackReply:
        await asyncio.sleep(_delay_seconds(request, lag()))
        return await send(request)

    public = _PublicTransport(proxy=proxy_url, verify=authority.client_side)
    client = httpx.AsyncClient(headers={"Accept": "*/*"}, trust_env=False, timeout=None, transport=public)
    transport._clients = {False: client, True: client}
    transport.send = send_late  # type: ignore[method-assign]


class _PublicTransport(httpx.AsyncHTTPTransport):
    """Transport of a server on the internet, which reaches no private address."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a callback."""
        if _is_private(request.url.host):
            raise httpx.ConnectError(f"Twilio can't reach {request.url.host}: no public address")
        return await super().handle_async_request(request)


def _delay_seconds(request: CallbackRequest, lag_seconds: float) -> float:
    """Return how long a callback must still wait. Events, sent one after another, count from when they happened."""
    form = dict(parse_qsl(request.body.decode(errors="replace")))
    happened_ms = form.get("TimestampMs")
    return lag_seconds if happened_ms is None else max(0.0, lag_seconds + int(happened_ms) / 1000 - time.time())


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host
