"""Clients of the ``twilio`` SDK and their transports, for the emulator and for Twilio."""

from __future__ import annotations

from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.settings import Mode, Secret

__all__ = ["make_onlooker", "make_transport"]

_LIVE_TIMEOUT_SECONDS = 30.0


def make_onlooker(mode: Mode, base_url: str, account_sid: str, auth_token: Secret, is_home: bool = True) -> Client:
    """Return a Client whose requests nobody records, with the transport that ``is_home`` chooses."""
    transport = make_transport(mode, base_url, is_home, is_onlooker=True)
    return Client(account_sid, auth_token.reveal(), http_client=transport)


def make_transport(mode: Mode, base_url: str, is_home: bool = True, *, is_onlooker: bool = False) -> HttpClient:
    """Return the transport of a client, which waits for callbacks only at home: a decision would wait for itself."""
    if mode == "live":
        from helpers.live.rate_limit import be_patient

        return TwilioHttpClient(timeout=_LIVE_TIMEOUT_SECONDS, max_retries=be_patient())  # type: ignore[arg-type]
    return EmulatorHttpClient(base_url, after_callbacks=is_home, is_onlooker=is_onlooker)
