"""Who is calling: HTTP Basic with an account SID and auth token, or an API key SID and its secret."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping
from functools import lru_cache
from hmac import compare_digest
from typing import Protocol

from .rest_errors import Unauthenticated

__all__ = ["CHALLENGE", "Credentials", "authenticate"]

CHALLENGE = (b"www-authenticate", b'Basic realm="Twilio API"')
"""The header that asks for it."""


class Credentials(Protocol):
    """What must be known of an account."""

    @property
    def auth_token(self) -> str:
        """The account's own password."""
        ...

    @property
    def api_keys(self) -> Mapping[str, str]:
        """Secrets by API key SID."""
        ...


def authenticate(authorization: bytes, accounts: Mapping[str, Credentials]) -> str:
    """The SID of the account that ``authorization`` proves.

    Raises:
        Unauthenticated: no such header, not HTTP Basic, or a pair that nobody has.
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
