"""Twilio Clients for the forks of the time machine."""

from __future__ import annotations

from typing import Any

from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from helpers.emulator.timetravel.fork import Fork
from helpers.errors import PastIsFixed

__all__ = ["make_client", "make_read_only_client"]


def make_client(fork: Fork) -> Client:
    """Return a Client that can do everything."""
    return Client(fork.account_sid, fork.auth_token, http_client=fork.http_client)


def make_read_only_client(fork: Fork) -> Client:
    """Return a Client that can read everything and change nothing."""
    return Client(fork.account_sid, fork.auth_token, http_client=_ReadOnlyHttpClient(fork.http_client))


class _ReadOnlyHttpClient(HttpClient):
    """HTTP client that sends only GET requests."""

    def __init__(self, inner: HttpClient) -> None:
        self._inner = inner

    def request(self, method: str, *args: Any, **arguments: Any) -> Response:
        """Send a GET request.

        Raises:
            PastIsFixed: it has another method.
        """
        if method.upper() != "GET":
            raise PastIsFixed(method.upper())
        return self._inner.request(method, *args, **arguments)
