"""A twilio Client on an emulator of the time machine."""

from __future__ import annotations

from typing import Any

from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from helpers.emulator.timetravel.fork import Fork
from helpers.errors import PastIsFixed

__all__ = ["client_on", "looking_client_on"]


def client_on(fork: Fork) -> Client:
    """A Client that can do everything."""
    return Client(fork.account_sid, fork.auth_token, http_client=fork.http_client)


def looking_client_on(fork: Fork) -> Client:
    """A Client that can look at everything and change nothing."""
    return Client(fork.account_sid, fork.auth_token, http_client=_LookingHttpClient(fork.http_client))


class _LookingHttpClient(HttpClient):
    """Lets GET requests through."""

    def __init__(self, inner: HttpClient) -> None:
        self._inner = inner

    def request(self, method: str, *args: Any, **arguments: Any) -> Response:
        """Send a request that only looks.

        Raises:
            PastIsFixed: it would change something.
        """
        if method.upper() != "GET":
            raise PastIsFixed(method.upper())
        return self._inner.request(method, *args, **arguments)
