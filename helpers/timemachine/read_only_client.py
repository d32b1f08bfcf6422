"""Twilio Clients for the forks of the time machine."""

from __future__ import annotations

from twilio.rest import Client

from helpers.emulator.sdk.reader_client import ReadOnlyHttpClient
from helpers.emulator.timetravel.fork import Fork
from helpers.errors.time_machine_problems import PastIsFixed

__all__ = ["make_client", "make_read_only_client"]


def make_client(fork: Fork) -> Client:
    """Return a Client that can do everything."""
    return Client(fork.account_sid, fork.auth_token, http_client=fork.http_client)


def make_read_only_client(fork: Fork) -> Client:
    """Return a Client that can read everything and change nothing."""
    return Client(fork.account_sid, fork.auth_token, http_client=ReadOnlyHttpClient(fork.http_client, PastIsFixed))
