"""HTTP clients that lead the ``twilio`` SDK to the emulator: pass one as ``Client(..., http_client=...)``."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.structures import CaseInsensitiveDict
from starlette.types import ASGIApp
from twilio.http import HttpClient
from twilio.http.response import Response

from ..emulator_errors import EmulatorError, NotTaskRouter
from ..hint_header import read_hint
from ..masking import mask
from ..settling import AFTER_CALLBACKS_HEADER, ONLOOKER_HEADER, Home
from ..sync import run_without_loop
from .asgi_exchange import exchange

__all__ = [
    "AFTER_CALLBACKS_HEADER",
    "ONLOOKER_HEADER",
    "EmulatorGone",
    "EmulatorHttpClient",
    "Home",
    "InProcessHttpClient",
    "NotTrusted",
    "read_hint",
    "restore_header_names",
    "rewrite_url",
]

_TIMEOUT_SECONDS = 30.0

_logger = logging.getLogger("twilio.http_client")


class EmulatorGone(EmulatorError, requests.ConnectionError):
    """No answer at the emulator's ``url``."""

    def __init__(self, url: str) -> None:
        url = mask(url)
        super().__init__(
            f"The emulator at {url} doesn't respond: it was stopped, or its process has ended. Start it again."
        )
        self.url = url


class NotTrusted(EmulatorError, requests.exceptions.SSLError):
    """Certificate of the emulator at ``url`` that isn't trusted on this machine."""

    def __init__(self, url: str, reason: str) -> None:
        url = mask(url)
        super().__init__(
            f"The certificate of the emulator at {url} is not trusted: {reason}. Name its PEM file in the environment "
            "variable SSL_CERT_FILE before the client is made."
        )
        self.url = url


def rewrite_url(uri: str, url: str) -> str:
    """Return the URI of TaskRouter's API with the emulator's ``url`` in front; one that has it already stays as it is.

    Raises:
        NotTaskRouter: the URI is another service's.
    """
    if uri.startswith(f"{url}/"):
        return uri
    parts = urlsplit(uri)
    host = parts.hostname or ""
    if not (host.startswith("taskrouter.") and host.endswith(".twilio.com")):
        raise NotTaskRouter(host or uri)
    return url + uri[uri.index(parts.netloc) + len(parts.netloc) :]


class _RewritingHttpClient(HttpClient):
    """HTTP client that prepares requests as the SDK's own client does, and sends them somewhere else."""

    def __init__(self, url: str, timeout: float) -> None:
        super().__init__(_logger, is_async=False, timeout=timeout)
        self.url = url.rstrip("/")
        self.session = requests.Session()
        # Without this, proxy variables and .netrc would apply to loopback addresses too.
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
            NotTaskRouter: the request is for another service.
            EmulatorGone: nothing answers.
            NotTrusted: the emulator's certificate isn't trusted.
        """
        headers = {name: value for name, value in (headers or {}).items() if value is not None}
        is_json = headers.get("Content-Type") == "application/json"
        request = requests.Request(
            method.upper(),
            rewrite_url(uri, self.url),
            params=params,
            data=None if is_json else data,
            json=data if is_json else None,
            headers={**self.session.headers, **headers},  # all that the session adds; its own merging takes long
            auth=auth,
        )
        return self._exchange(request.prepare(), timeout or self.timeout or _TIMEOUT_SECONDS)

    def _exchange(self, prepared: requests.PreparedRequest, timeout: float) -> Response:
        raise NotImplementedError


class EmulatorHttpClient(_RewritingHttpClient):
    """HTTP client that sends the SDK's requests to the emulator at ``url``, over persistent connections.

    It trusts your own certificate if SSL_CERT_FILE names it.

    Args:
        url: scheme, host and port.
        timeout: in seconds, for calls that name none.
        after_callbacks: True makes each request wait until earlier callbacks are answered, so that a test or a lesson
            sees their effects. It waits only on the thread and in the event loop that made the client: elsewhere
            an application could be answering a callback.
        is_onlooker: True leaves the requests out of the emulator's request log, for a view that only draws itself.
    """

    def __init__(
        self,
        url: str,
        timeout: float = _TIMEOUT_SECONDS,
        *,
        after_callbacks: bool = False,
        is_onlooker: bool = False,
    ) -> None:
        super().__init__(url, timeout)
        if is_onlooker:
            self.session.headers[ONLOOKER_HEADER] = "1"
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
        return Response(response.status_code, response.text, restore_header_names(response.headers))


class InProcessHttpClient(_RewritingHttpClient):
    """HTTP client that calls the emulator's application directly: no sockets, no threads, no event loop.

    Args:
        app: that of an emulator in place, or what ``create_app`` returns.
        run: runs the application's coroutine; by default at once, without an event loop.
    """

    spelled_workspace: str | None = None
    """Expression for the Workspace in code that explanations show, if it is another world's with the same SIDs."""

    def __init__(self, app: ASGIApp, run: Callable[[Coroutine[Any, Any, None]], None] = run_without_loop) -> None:
        super().__init__("http://127.0.0.1", _TIMEOUT_SECONDS)
        self._app = app
        self._run = run

    def _exchange(self, prepared: requests.PreparedRequest, timeout: float) -> Response:
        status, headers, body = exchange(self._app, prepared, self._run)
        return Response(status, body.decode(), restore_header_names(headers))


_SPELLINGS = {"etag": "ETag", "x-api-domain": "X-API-Domain"}


def restore_header_names(headers: CaseInsensitiveDict[str]) -> CaseInsensitiveDict[str]:
    """Return headers with their names as Twilio spells them (reference 1.1), which uvicorn sends in lower case.

    ``…_with_http_info()`` makes a plain dict of them, in which case matters.
    """
    return CaseInsensitiveDict({_SPELLINGS.get(name, name.title()): value for name, value in headers.lower_items()})
