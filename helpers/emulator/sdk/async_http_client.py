"""How the SDK's asynchronous calls (``create_async`` and the like) reach the emulator.

A module of its own: the library that they use takes long to import.
"""

from __future__ import annotations

from base64 import b64encode

import aiohttp
from requests.structures import CaseInsensitiveDict
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response

from .http_client import EmulatorGone, NotTrusted, as_twilio_spells, rewritten

__all__ = ["AsyncEmulatorHttpClient"]


class AsyncEmulatorHttpClient(AsyncTwilioHttpClient):
    """Sends what the SDK asks for to the emulator at ``url``; make it in a coroutine, with ``async with``.

    It never waits for callbacks: an application may be answering one in the same event loop.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url.rstrip("/")

    async def request(  # type: ignore[override]  # as in the SDK's own client
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Send one request of the SDK to the emulator.

        Raises:
            NotTaskRouter: it is meant for another service.
            EmulatorGone: nothing answers.
            NotTrusted: it answers by https, with a certificate that is not trusted.
        """
        there = rewritten(url, self.url)
        if auth is not None:  # as a header, because the library warns of the SDK's own way
            headers = {**(headers or {}), "Authorization": f"Basic {b64encode(':'.join(auth).encode()).decode()}"}
        try:
            answer = await super().request(method, there, params, data, headers, None, timeout, allow_redirects)
        except aiohttp.ClientSSLError as error:
            raise NotTrusted(self.url, str(error)) from error
        except aiohttp.ClientConnectionError as error:
            raise EmulatorGone(self.url) from error
        return Response(answer.status_code, answer.text, as_twilio_spells(CaseInsensitiveDict(answer.headers)))
