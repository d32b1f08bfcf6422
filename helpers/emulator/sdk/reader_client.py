"""Client that only reads: it sends GET requests, politely, and refuses to send anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3 import Retry

from ..emulator_errors import OnlyReads

__all__ = ["ReadOnlyHttpClient", "make_reader", "polite_transport"]

_MOST_TRIES = 6
_PAUSE_SECONDS = 0.5
"""First pause after a 429 or 503 without Retry-After; each later one is twice as long."""

_TIMEOUT_SECONDS = 30.0


class ReadOnlyHttpClient(HttpClient):
    """HTTP client that sends only GET requests.

    Args:
        inner: sends them.
        refuse: returns the error to raise for any other method.
    """

    def __init__(self, inner: HttpClient, refuse: Callable[[str], Exception] = OnlyReads) -> None:
        self._inner = inner
        self._refuse = refuse

    def request(self, method: str, *args: Any, **arguments: Any) -> Response:
        """Send a GET request.

        Raises:
            OnlyReads: it has another method; or what ``refuse`` returns.
        """
        if method.upper() != "GET":
            raise self._refuse(method.upper())
        return self._inner.request(method, *args, **arguments)


def make_reader(client: Client) -> Client:
    """Return a Client for the same account, region and edge that only reads; ``client`` stays as it is."""
    inner = client.http_client
    if type(inner) is TwilioHttpClient:
        inner = polite_transport(inner)
    return Client(
        client.username,
        client.password,
        client.account_sid,
        client.region,
        ReadOnlyHttpClient(inner),
        edge=client.edge,
        user_agent_extensions=client.user_agent_extensions,
        credential_provider=client.credential_provider,
    )


def polite_transport(like: TwilioHttpClient | None = None) -> TwilioHttpClient:
    """Return the SDK's own transport, which waits and tries again after 429 and 503, as Retry-After says.

    Args:
        like: transport whose proxy and timeout it gets.
    """
    retries: Any = Retry(
        _MOST_TRIES,
        allowed_methods={"GET"},
        status_forcelist={429, 503},
        backoff_factor=_PAUSE_SECONDS,
        raise_on_status=False,  # the SDK tells of the last answer
    )
    return TwilioHttpClient(
        timeout=(like.timeout if like is not None else None) or _TIMEOUT_SECONDS,
        proxy=like.proxy if like is not None else None,
        max_retries=retries,
    )
