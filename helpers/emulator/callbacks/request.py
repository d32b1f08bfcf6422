"""HTTP request of a callback, with the form, the headers and the signature that Twilio sends."""

from __future__ import annotations

import uuid
from typing import Protocol
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import msgspec
from twilio.request_validator import RequestValidator

from ..engine.callbacks.callback_reply import CallbackReply
from ..engine.model.changes import Callback
from ..guard import is_loopback

__all__ = [
    "CallbackRequest",
    "Transport",
    "Undelivered",
    "build_request",
    "check_length",
    "late",
    "refuse_beyond_loopback",
]

_LIMIT_SECONDS = {"assignment": 5.0, "event": 15.0, "status": 15.0, "voice": 15.0}
"""Time for which Twilio waits for a reply (reference 7.3, 8.1; for a voice webhook, 15 seconds)."""

_MAX_REPLY_BYTES = 64 * 1024
"""Limit of a reply: an instruction has a few hundred bytes."""

_UNTOUCHED = "%/:=&?~+!$,;'@()*[]"
"""Characters that URLs keep, beside letters, digits, ``-``, ``.`` and ``_``."""

_UNTOUCHED_IN_A_VALUE = "/:?~!$,'@()*[]"
"""Characters kept in values of a GET: some receivers (Flask) unescape the URL before they check its signature."""

_TOKENS = uuid.UUID("6f1d7d5c-2f0b-4e7e-9a53-0b8c3f0e5a11")


class CallbackRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Request to send; ``limit_seconds`` lasts up to the end of the reply. Only events have an ``event_type``."""

    kind: str
    event_type: str = ""
    method: str = "POST"
    url: str
    headers: dict[str, str]
    body: bytes
    limit_seconds: float


class Undelivered(Exception):
    """Request without a reply; the text says why, in words for the delivery log."""


class Transport(Protocol):
    """Sender of requests to their URLs."""

    async def send(self, request: CallbackRequest) -> CallbackReply:
        """Send a request and return the reply.

        Raises:
            Undelivered: none came, or not in time.
        """
        ...


def build_request(callback: Callback, url: str, auth_token: str) -> CallbackRequest:
    """Return the request for ``callback`` to ``url``, signed with the account's ``auth_token``.

    The signature is of the URL as its receiver sees it, which can only check that (reference 7.2). The idempotency
    token stays the same when the callback is sent again, to either URL.
    """
    url, parameters = _normalize(url), callback.parameters
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    if callback.method == "GET":
        query = urlencode(parameters, safe=_UNTOUCHED_IN_A_VALUE)
        url, parameters, headers = f"{url}{'&' if '?' in url else '?'}{query}", {}, {}
    return CallbackRequest(
        kind=callback.kind,
        event_type=callback.parameters.get("EventType", ""),
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
    """Return a text unique to the callback; those of one call or conference share their SID."""
    if callback.kind == "voice":
        return f"{callback.sid} {callback.turn}"
    return callback.sid + (callback.parameters.get("SequenceNumber", "") if callback.kind == "status" else "")


def _normalize(url: str) -> str:
    """Return ``url`` with a path, without a fragment, percent-encoded where a request line needs it."""
    parts = urlsplit(url)
    path, query = quote(parts.path or "/", safe=_UNTOUCHED), quote(parts.query, safe=_UNTOUCHED)
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def late(request: CallbackRequest, why: str = "") -> Undelivered:
    """Return the failure of a request that had no reply in time; ``why`` ends the sentence."""
    return Undelivered(f"no answer within {request.limit_seconds:g} s{why}")


def check_length(body: bytes) -> None:
    """Check the length of a reply, or of as much of it as there is.

    Raises:
        Undelivered: it is too long.
    """
    if len(body) > _MAX_REPLY_BYTES:
        raise Undelivered(f"the answer is longer than {_MAX_REPLY_BYTES} bytes")


def refuse_beyond_loopback(host: str) -> None:
    """Check that a callback stays on this machine.

    Raises:
        Undelivered: ``host`` is neither ``localhost`` nor a loopback address. Other names are not resolved:
            the query would already leave the machine.
    """
    if is_loopback(host):
        return
    raise Undelivered(
        f"{host!r} is not this machine, and callbacks stay here. Use a URL on 127.0.0.1, or start the emulator with "
        "--allow-remote-callbacks (in Python allow_remote_callbacks=True)."
    )
