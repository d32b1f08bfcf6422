"""HTTP Basic authentication, with account SID and Auth Token or with an API key SID and its secret."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping
from functools import lru_cache
from hmac import compare_digest
from typing import Protocol

from .rest_errors import Unauthenticated

__all__ = ["CHALLENGE", "PAGE_HEADER", "SESSION_ACCOUNT", "Credentials", "authenticate"]

SESSION_ACCOUNT = "taskrouter_session_account"
"""Key in the scope of a request from a page of ours: SID of the account whose session it has."""

PAGE_HEADER = b"x-portal"
"""Header of the requests of the portal's page: a page of another origin can't send it unasked (CORS)."""

CHALLENGE = (b"www-authenticate", b'Basic realm="Twilio API"')
"""Header that asks for HTTP Basic."""


class Credentials(Protocol):
    """Auth Token and API keys of an account, as authentication reads them."""

    @property
    def auth_token(self) -> str:
        """Password of the account SID."""
        ...

    @property
    def api_keys(self) -> Mapping[str, str]:
        """Secrets by API key SID."""
        ...


def authenticate(authorization: bytes, accounts: Mapping[str, Credentials]) -> str:
    """Return the SID of the account that the header ``authorization`` proves.

    Raises:
        Unauthenticated: it is missing, not HTTP Basic, or matches no account and no API key.
    """
    user, password = _pair(authorization)
    account = accounts.get(user)
    if account is not None:
        if compare_digest(account.auth_token.encode(), password):
            return user
    else:
        for account_sid, owner in accounts.items():
            secret = owner.api_keys.get(user)
            if secret is not None and compare_digest(secret.encode(), password):
                return account_sid
    raise Unauthenticated


@lru_cache(maxsize=64)  # a client sends the same each time
def _pair(authorization: bytes) -> tuple[str, bytes]:
    scheme, _, encoded = authorization.partition(b" ")
    if scheme.lower() != b"basic":
        raise Unauthenticated
    try:
        user, _, password = b64decode(encoded, validate=True).partition(b":")
        return user.decode(), password
    except (binascii.Error, UnicodeDecodeError):
        raise Unauthenticated from None
