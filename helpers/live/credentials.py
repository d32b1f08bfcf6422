"""Credentials of a Twilio account: what is mistaken about them, as far as their form tells, before a request is sent.

Nothing is refused but what Twilio cannot take: a SID has two letters and 32 hexadecimal digits, an Account SID begins
with AC and the SID of an API key with SK (www.twilio.com/docs/glossary/what-is-a-sid). No text quotes a value: it
could be a token.
"""

from __future__ import annotations

import re

from helpers.errors.connection_problems import MissingCredentials, WrongCredential
from helpers.live.account import mask_sid
from helpers.live.prompt import ask_for_secret
from helpers.settings import Secret

__all__ = ["check_account_sid", "complete_token"]

_ACCOUNT, _TOKEN = "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"

_SID = re.compile(r"(?P<kind>[A-Z]{2})[0-9a-fA-F]{32}")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{32}")
_NGROK = re.compile(r"[0-9A-Za-z]{15,}_[0-9A-Za-z]{15,}")
"""Form of an authtoken of ngrok's agent; Twilio's tokens have no underscore."""
_WEB_TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")

_FIND = "You find the Account SID (AC…) and the Auth Token in the Twilio Console, at console.twilio.com."


def check_account_sid(account_sid: str, auth_token: Secret) -> None:
    """Refuse what can't be the SID of an account; ``auth_token`` shows if the two are swapped.

    Raises:
        MissingCredentials: it isn't set.
        WrongCredential: it has the form of something else.
    """
    if not account_sid:
        raise MissingCredentials("Live mode", [_ACCOUNT] if auth_token else [_ACCOUNT, _TOKEN])
    if fault := _fault_of_sid(account_sid, auth_token.reveal()):
        raise WrongCredential(_ACCOUNT, f"{fault} {_FIND}")


def complete_token(account_sid: str, auth_token: Secret) -> Secret:
    """Return the Auth Token, and ask for it if it isn't set; refuse what can't be one.

    Args:
        account_sid: SID that ``check_account_sid`` has found nothing wrong with.

    Raises:
        MissingCredentials: it isn't set, and nobody can be asked for it.
        WrongCredential: it has the form of something else.
    """
    # The SID is right, so it can be shown: the learner must know whose token to paste.
    auth_token = auth_token or ask_for_secret(_TOKEN, f"the Auth Token of account {mask_sid(account_sid)}")
    if not auth_token:
        raise MissingCredentials("Live mode", [_TOKEN])
    if fault := _fault_of_token(auth_token.reveal()):
        raise WrongCredential(_TOKEN, f"{fault} {_FIND}")
    return auth_token


def _fault_of_sid(value: str, token: str) -> str | None:
    sid = _SID.fullmatch(value)
    if sid is None:
        return _fault_of_no_sid(value, token)
    if sid["kind"] == "SK":
        return (
            "is the SID of an API key (SK…). Requests with a key and its secret would work, but Twilio signs "
            "callbacks with the account's Auth Token, so the listener would reject each callback with 403."
        )
    return (
        None
        if sid["kind"] == "AC"
        else (f"is a different kind of SID ({sid['kind']}…). An account's SID starts with AC.")
    )


def _fault_of_no_sid(value: str, token: str) -> str:
    if _SID.fullmatch(token):
        return f"isn't a SID, and {_TOKEN} is one: they are swapped."
    if _HEXADECIMAL.fullmatch(value):
        return "has no AC before its 32 digits. It's an Auth Token, or the start of the SID is missing."
    if any(character.isspace() for character in value):
        return "has a space or a line break inside."
    if value.startswith("AC"):
        return (
            f"starts like an Account SID but has {len(value)} characters. It should have 34: AC and 32 digits 0-9 a-f."
        )
    return "isn't an Account SID, which is AC and 32 digits 0-9 a-f."


def _fault_of_token(value: str) -> str | None:
    if sid := _SID.fullmatch(value):
        return f"is a SID ({sid['kind']}…), not a token."
    if any(character.isspace() for character in value):
        return "has a space or a line break inside."
    if odd := next((character for character in value if not character.isascii()), None):
        return f"has {odd}, and a token never does. Make it visible first, then copy it without quotes."
    if _NGROK.fullmatch(value):
        return "looks like an ngrok authtoken. Put that into NGROK_AUTHTOKEN."
    if _WEB_TOKEN.fullmatch(value):
        return "is an access token (a JWT), which is for a client in a browser."
    return None
