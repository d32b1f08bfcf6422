"""HTTP client for the SDK's asynchronous calls, such as ``create_async``, to the emulator.

It has its own module because its library takes long to import.
"""

from __future__ import annotations

from base64 import b64encode

import aiohttp
from requests.structures import CaseInsensitiveDict
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response

from .http_client import EmulatorGone, NotTrusted, restore_header_names, rewrite_url

__all__ = ["AsyncEmulatorHttpClient"]


class AsyncEmulatorHttpClient(AsyncTwilioHttpClient):
    """HTTP client that sends the SDK's requests to the emulator at ``url``.

    Make it in a coroutine, with ``async with``. It never waits for callbacks: an application could be answering
    one in the same event loop.
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
            NotTaskRouter: the request is for another service.
            EmulatorGone: nothing answers.
            NotTrusted: the emulator's certificate isn't trusted.
        """
        there = rewrite_url(url, self.url)
        if auth is not None:  # as a header, because the library warns about the SDK's way
            headers = {**(headers or {}), "Authorization": f"Basic {b64encode(':'.join(auth).encode()).decode()}"}
        try:
            answer = await super().request(method, there, params, data, headers, None, timeout, allow_redirects)
        except aiohttp.ClientSSLError as error:
            raise NotTrusted(self.url, str(error)) from error
        except aiohttp.ClientConnectionError as error:
            raise EmulatorGone(self.url) from error
        return Response(answer.status_code, answer.text, restore_header_names(CaseInsensitiveDict(answer.headers)))
