"""Probe: a signed request that the listener sends to itself by its public URL, to see that callbacks arrive."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from helpers.callbacks import signature
from helpers.callbacks.routes import ASSIGNMENT
from helpers.errors.tunnel_errors import NotReached
from helpers.ground.choice import current_ground
from helpers.ground.message import Request

__all__ = ["LIMIT_SECONDS", "PublicProbe"]

LIMIT_SECONDS = 10.0
"""Time limit: a public URL can take a moment until it is known everywhere."""

_ANSWER_SECONDS = 5.0
_PAUSE_SECONDS = 0.5
_FORM = "application/x-www-form-urlencoded"

Explain = Callable[[int, Mapping[str, str]], str | None]
"""Function that knows the responses of a tunnel's own side by status and headers: :meth:`.Tunnel.explain`."""


class PublicProbe:
    """Signed request that nobody else can make: its form is a random text, and known only here."""

    def __init__(self, public_url: str, auth_token: str) -> None:
        self._auth_token = auth_token
        body = urlencode({"Probe": secrets.token_urlsafe(16)}).encode()
        unsigned = Request("POST", ASSIGNMENT, {"Content-Type": _FORM}, body, public_url=public_url)
        self.url = public_url + ASSIGNMENT
        self.body = body
        self._headers = {"Content-Type": _FORM, signature.HEADER: signature.sign(unsigned, auth_token)}
        self._came_as: str | None = None
        """Method and path with which it arrived, if that isn't as it was sent; empty if it is; None before."""

    def receive(self, request: Request) -> bool:
        """Return True if ``request`` is this probe, whatever has become of its path, method and signature."""
        if request.raw != self.body:
            return False
        is_whole = (request.method, request.path) == ("POST", ASSIGNMENT)
        is_whole = is_whole and signature.check(request, self._auth_token) == "valid"
        self._came_as = "" if is_whole else f"{request.method} {request.path}"
        return True

    def run(self, explain: Explain) -> None:
        """Send it until it has arrived here and its reply has come back.

        Raises:
            NotReached: that didn't happen within the limit; the text says what came back instead.
        """
        began, pause = time.monotonic(), threading.Condition()
        with pause:
            while (came_back := self._send(explain)) is not None:
                is_late = time.monotonic() - began + _PAUSE_SECONDS > LIMIT_SECONDS
                if self._came_as or is_late or not current_ground().wait(pause, _PAUSE_SECONDS):
                    raise NotReached(self.url, came_back)

    def _send(self, explain: Explain) -> str | None:
        """Send it once, and return a sentence about what came back, or None if it has arrived."""
        import requests

        try:
            with requests.post(
                self.url, self.body, headers=self._headers, timeout=_ANSWER_SECONDS, allow_redirects=False, stream=True
            ) as answer:
                status, headers = answer.status_code, answer.headers
        except (requests.RequestException, OSError, ValueError) as error:
            return f"Nothing responded there ({type(error).__name__})."
        if self._came_as:
            return f"It arrived here as {self._came_as}, not as it was sent. Something on the way changes it."
        if self._came_as is not None and status == HTTPStatus.NO_CONTENT:
            return None
        return explain(status, headers) or f"The response had status {status}."
