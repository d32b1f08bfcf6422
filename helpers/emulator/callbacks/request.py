"""A callback as an HTTP request: the form, the headers and the signature that Twilio sends."""

from __future__ import annotations

import uuid
from typing import Protocol
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import msgspec
from twilio.request_validator import RequestValidator

from ..engine.callbacks.callback_reply import CallbackReply
from ..engine.model.changes import Callback
from ..guard import is_loopback

__all__ = ["Outgoing", "Transport", "Undelivered", "outgoing", "refuse_beyond_loopback"]

_LIMIT_SECONDS = {"assignment": 5.0, "event": 15.0, "status": 15.0}
"""How long Twilio waits for an answer (reference 7.3, 8.1; for a voice webhook, 15 seconds)."""

_UNTOUCHED = "%/:=&?~+!$,;'@()*[]"
"""Beside letters, digits, ``-``, ``.`` and ``_``."""

_UNTOUCHED_IN_A_VALUE = "/:?~!$,'@()*[]"
"""Escaped, these would still be read: but some receivers (Flask) unescape the URL that they check the signature of."""

_TOKENS = uuid.UUID("6f1d7d5c-2f0b-4e7e-9a53-0b8c3f0e5a11")


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """One request, ready to be sent; ``limit_seconds`` covers all of it, up to the end of the answer."""

    kind: str
    method: str = "POST"
    url: str
    headers: dict[str, str]
    body: bytes
    limit_seconds: float


class Undelivered(Exception):
    """No answer came; the text says why, in words for the delivery log."""


class Transport(Protocol):
    """Anything that carries a request to where its URL points."""

    async def send(self, request: Outgoing) -> CallbackReply:
        """Send and return what came back.

        Raises:
            Undelivered: nothing did, or not in time.
        """
        ...


def outgoing(callback: Callback, url: str, auth_token: str) -> Outgoing:
    """The request for ``callback`` at ``url``, signed with the account's ``auth_token``.

    What is signed is the URL as its receiver sees it, who can only check that (reference 7.2). The idempotency token is
    the same whenever the same callback is sent again, to either URL.
    """
    url, parameters = _as_received(url), callback.parameters
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    if callback.method == "GET":
        query = urlencode(parameters, safe=_UNTOUCHED_IN_A_VALUE)
        url, parameters, headers = f"{url}{'&' if '?' in url else '?'}{query}", {}, {}
    return Outgoing(
        kind=callback.kind,
        method=callback.method,
        url=url,
        headers={
            **headers,
            "User-Agent": "TwilioProxy/1.1",
            "X-Twilio-Signature": RequestValidator(auth_token).compute_signature(url, parameters),
            "I-Twilio-Idempotency-Token": str(uuid.uuid5(_TOKENS, _identity(callback))),
        },
        body=urlencode(parameters).encode(),
        limit_seconds=_LIMIT_SECONDS[callback.kind],
    )


def _identity(callback: Callback) -> str:
    """What no other callback has: of a call or conference there are several."""
    return callback.sid + (callback.parameters["SequenceNumber"] if callback.kind == "status" else "")


def _as_received(url: str) -> str:
    """``url`` with a path, without a fragment, and with everything percent-encoded that a request line cannot hold."""
    parts = urlsplit(url)
    path, query = quote(parts.path or "/", safe=_UNTOUCHED), quote(parts.query, safe=_UNTOUCHED)
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def refuse_beyond_loopback(host: str) -> None:
    """Keep callbacks on this machine.

    Raises:
        Undelivered: ``host`` is anything but ``localhost`` or a loopback address. Other names are not looked up:
            asking for them would already leave the machine.
    """
    if is_loopback(host):
        return
    raise Undelivered(
        f"{host!r} is not this machine. In local mode callbacks stay here: use a URL on 127.0.0.1, or start the "
        "emulator with --allow-remote-callbacks."
    )
