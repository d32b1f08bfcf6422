"""How the ``twilio`` SDK reaches the emulator: as ``Client(..., http_client=...)``, and nothing else changes."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from requests.structures import CaseInsensitiveDict
from starlette.types import ASGIApp, Message
from twilio.http import HttpClient
from twilio.http.response import Response

from ..emulator_errors import EmulatorError, NotTaskRouter
from ..hint_header import read_hint
from ..masking import masked
from ..settling import AFTER_CALLBACKS_HEADER, Home
from ..sync import run_without_loop

__all__ = [
    "AFTER_CALLBACKS_HEADER",
    "EmulatorGone",
    "EmulatorHttpClient",
    "Home",
    "InProcessHttpClient",
    "NotTrusted",
    "as_twilio_spells",
    "read_hint",
    "rewritten",
]

_TIMEOUT_SECONDS = 30.0

_logger = logging.getLogger("twilio.http_client")


class EmulatorGone(EmulatorError, requests.ConnectionError):
    """Nothing answers at the emulator's ``url`` any more."""

    def __init__(self, url: str) -> None:
        url = masked(url)
        super().__init__(
            f"The emulator at {url} does not answer: it was stopped, or its process has ended. Start it again."
        )
        self.url = url


class NotTrusted(EmulatorError, requests.exceptions.SSLError):
    """The emulator at ``url`` speaks https with a certificate that nobody here vouches for."""

    def __init__(self, url: str, reason: str) -> None:
        url = masked(url)
        super().__init__(
            f"The certificate of the emulator at {url} is not trusted: {reason}. Name its PEM file in the environment "
            "variable SSL_CERT_FILE before the client is made."
        )
        self.url = url


def rewritten(uri: str, url: str) -> str:
    """``uri`` of TaskRouter's API as it is at the emulator's ``url``; one that is there already stays.

    Raises:
        NotTaskRouter: it is of another service.
    """
    if uri.startswith(f"{url}/"):
        return uri
    parts = urlsplit(uri)
    host = parts.hostname or ""
    if not (host.startswith("taskrouter.") and host.endswith(".twilio.com")):
        raise NotTaskRouter(host or uri)
    return url + uri[uri.index(parts.netloc) + len(parts.netloc) :]


class _RewritingHttpClient(HttpClient):
    """Prepares requests exactly as the SDK's own client does, except for where they go."""

    def __init__(self, url: str, timeout: float) -> None:
        super().__init__(_logger, is_async=False, timeout=timeout)
        self.url = url.rstrip("/")
        self.session = requests.Session()
        # Proxy variables and .netrc would otherwise count for loopback addresses too.
        self.session.trust_env = False
        self.session.verify = os.environ.get("SSL_CERT_FILE") or True

    def request(
        self,
        method: str,
        uri: str,
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
        is_json = (headers or {}).get("Content-Type") == "application/json"
        request = requests.Request(
            method.upper(),
            rewritten(uri, self.url),
            params=params,
            data=None if is_json else data,
            json=data if is_json else None,
            headers=headers,
            auth=auth,
        )
        return self._exchange(self.session.prepare_request(request), timeout or self.timeout or _TIMEOUT_SECONDS)

    def _exchange(self, prepared: requests.PreparedRequest, timeout: float) -> Response:
        raise NotImplementedError


class EmulatorHttpClient(_RewritingHttpClient):
    """Sends what the SDK asks for to the emulator at ``url``, over connections that are kept.

    A certificate of your own is trusted if SSL_CERT_FILE names it.

    Args:
        url: scheme, host and port.
        timeout: in seconds, where a call names none.
        after_callbacks: for a test or a lesson, which wants to see what its earlier requests led to: have each request
            answered as of after the callbacks that came before it. On other threads than the one that makes the
            client it never waits: an application may be answering a callback there.
    """

    def __init__(self, url: str, timeout: float = _TIMEOUT_SECONDS, *, after_callbacks: bool = False) -> None:
        super().__init__(url, timeout)
        self._home = Home() if after_callbacks else None

    def _exchange(self, prepared: requests.PreparedRequest, timeout: float) -> Response:
        if self._home is not None and self._home.is_here():
            prepared.headers[AFTER_CALLBACKS_HEADER] = "1"
        try:
            response = self.session.send(prepared, timeout=timeout, allow_redirects=False)
        except requests.exceptions.SSLError as error:
            raise NotTrusted(self.url, str(error)) from error
        except requests.ConnectionError as error:
            raise EmulatorGone(self.url) from error
        return Response(response.status_code, response.text, as_twilio_spells(response.headers))


class InProcessHttpClient(_RewritingHttpClient):
    """Calls the emulator's application directly: no sockets, no threads, no event loop.

    Args:
        app: what ``create_app`` returns.
        after: called after each request; ``DirectDelivery.drain``, say, lets the callbacks go out.
    """

    def __init__(self, app: ASGIApp, after: Callable[[], None] | None = None) -> None:
        super().__init__("http://127.0.0.1", _TIMEOUT_SECONDS)
        self._app = app
        self._after = after

    def _exchange(self, prepared: requests.PreparedRequest, timeout: float) -> Response:
        answer = _CollectedResponse()
        run_without_loop(_call(self._app, prepared, answer))
        if self._after is not None:
            self._after()
        return Response(answer.status, answer.body.decode(), as_twilio_spells(answer.headers))


_SPELLINGS = {"etag": "ETag", "x-api-domain": "X-API-Domain"}


def as_twilio_spells(headers: CaseInsensitiveDict[str]) -> CaseInsensitiveDict[str]:
    """Headers with the names that Twilio gives them (reference 1.1): ``…_with_http_info()`` makes a plain dict of them.

    The server's own spelling is lost on the way: uvicorn sends every name in small letters.
    """
    return CaseInsensitiveDict({_SPELLINGS.get(name.lower(), name.title()): headers[name] for name in headers})


class _CollectedResponse:
    """Collects what the application sends."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: CaseInsensitiveDict[str] = CaseInsensitiveDict()
        self.body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            for name, value in message["headers"]:
                self.headers[name.decode("latin-1")] = value.decode("latin-1")
        else:
            self.body += message.get("body", b"")


async def _call(app: ASGIApp, prepared: requests.PreparedRequest, answer: _CollectedResponse) -> None:
    body = prepared.body or b""

    async def receive() -> Message:
        return {"type": "http.request", "body": body.encode() if isinstance(body, str) else body, "more_body": False}

    await app(_scope(prepared), receive, answer.send)


def _scope(prepared: requests.PreparedRequest) -> dict[str, Any]:
    path, _, query = (prepared.path_url or "/").partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": prepared.method,
        "scheme": "http",
        "root_path": "",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode("latin-1"), _header(value)) for name, value in prepared.headers.items()],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 80),
    }


def _header(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1")
