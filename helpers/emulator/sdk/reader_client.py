"""Client that only reads: it sends GET requests, patiently, and refuses to send anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from ..emulator_errors import OnlyReads
from .patience import PatientRetry, make_rule

__all__ = ["ReadOnlyHttpClient", "make_reader", "patient_transport"]

_TIMEOUT_SECONDS = 30.0

_TIMES_UNANSWERED = 2
"""Number of times that a GET without an answer is sent again, which changes nothing."""


class ReadOnlyHttpClient(HttpClient):
    """HTTP client that sends only GET requests.

    Args:
        inner: sends them.
        refuse: returns the error to raise for any other method.
    """

    def __init__(self, inner: HttpClient, refuse: Callable[[str], Exception] = OnlyReads) -> None:
        self._inner = inner
        self._refuse = refuse
        self.spelled_workspace = getattr(inner, "spelled_workspace", None)

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
    if type(inner) is TwilioHttpClient and not _is_patient(inner):
        inner = patient_transport(inner)
    return Client(
        client.username,
        client.password,
        client.account_sid,
        client.region,
        ReadOnlyHttpClient(inner),
        edge=client.edge or None,  # older versions of the SDK keep "" for none, and warn of it alone
        user_agent_extensions=client.user_agent_extensions,
        credential_provider=client.credential_provider,
    )


def patient_transport(like: TwilioHttpClient | None = None) -> TwilioHttpClient:
    """Return the SDK's own transport for reading: it tries again after a 429, as Retry-After says, a 503, or no answer.

    Args:
        like: transport whose proxy and timeout it gets.
    """
    times = dict.fromkeys(("connect", "read", "other"), _TIMES_UNANSWERED)
    rule: Any = make_rule(PatientRetry).new(**times, status_forcelist={429, 503}, allowed_methods={"GET"})
    if like is None:
        return TwilioHttpClient(timeout=_TIMEOUT_SECONDS, max_retries=rule)
    return TwilioHttpClient(timeout=like.timeout or _TIMEOUT_SECONDS, proxy=like.proxy, max_retries=rule)


def _is_patient(transport: TwilioHttpClient) -> bool:
    """Return True if the transport was told to try again."""
    adapter: Any = None if transport.session is None else transport.session.get_adapter("https://")
    return adapter is not None and bool(adapter.max_retries.total)
