"""Requests that a call sends to an application: for TwiML, or to tell it something (reference 12.2)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from ...clock import Millis
from ..model.changes import Callback
from ..model.resources import PhoneCall
from ..transaction import Transaction

__all__ = ["PLACES", "ask", "call_attributes", "format_time", "is_url", "tell", "tell_end"]

_MOST_AT_ONCE = 100
"""Limit of requests for TwiML without a wait: an application that redirects to itself would be asked for ever."""

_WHERE = ("Country", "State", "City", "Zip")

PLACES = tuple(f"{end}{what}" for end in ("From", "To") for what in _WHERE)
"""Names of the locations that a call can be given."""

_NAMES = {"From": "Caller", "To": "Called"}
"""Each location and number is sent under two names."""


def ask(
    transaction: Transaction, call: PhoneCall, url: str, method: str | None = None, more: dict[str, str] | None = None
) -> None:
    """Ask the application what the call does next.

    Args:
        url: may be relative to the present document.
        more: parameters beside those of every request.
    """
    where = urljoin(call.url, url)
    if not is_url(where):
        _go_on(transaction, call, 11100, f"{url[:80]!r} is no URL that can be asked for TwiML")
    elif call.turns_at_once >= _MOST_AT_ONCE:
        _go_on(transaction, call, 11200, f"{_MOST_AT_ONCE} requests without a wait: does {where[:80]} lead to itself?")
    else:
        call.turn, call.turns_at_once = call.turn + 1, call.turns_at_once + 1
        call.url, call.method = where, (method or "POST").upper()
        call.stage, call.stage_ends = "asking", None
        _send(transaction, call, "voice", where, call.method, more)
    transaction.save(call)


def _go_on(transaction: Transaction, call: PhoneCall, code: int, text: str) -> None:
    """Leave an alert about TwiML that can't be asked for, and go on as with an empty document."""
    transaction.alert(code, text, call.sid)
    call.script, call.stage = [], "running"


def tell(transaction: Transaction, call: PhoneCall, url: str, method: str | None, more: dict[str, str]) -> None:
    """Tell the application of something after which it can't lead the call any more."""
    _send(transaction, call, "status", urljoin(call.url, url), (method or "POST").upper(), more)


def tell_end(transaction: Transaction, call: PhoneCall) -> None:
    """Tell the status callback, if there is one, that the call is over."""
    if call.status_callback is None:
        return
    seconds = (transaction.now - (call.answered_at or transaction.now)) // 1000
    more = {
        "CallbackSource": "call-progress-events",
        "SequenceNumber": "0",
        "Timestamp": format_time(transaction.now),
        "CallDuration": str(seconds),
        "Duration": str(-(-seconds // 60)),
    }
    tell(transaction, call, call.status_callback, "POST", more)


def call_attributes(call: PhoneCall) -> dict[str, Any]:
    """Return the 25 attributes that ``<Enqueue>`` adds to those of its Task."""
    snake = {f"{end}{what}": f"{end.lower()}_{what.lower()}" for end in (*_NAMES, *_NAMES.values()) for what in _WHERE}
    return {
        "call_sid": call.sid,
        "account_sid": call.account_sid,
        "from": call.from_number,
        "to": call.to_number,
        "caller": call.from_number,
        "called": call.to_number,
        "direction": call.direction,
        "call_status": call.status,
        "api_version": "2010-04-01",
        **{snake[name]: place for name, place in _places(call).items()},
    }


def format_time(now: Millis) -> str:
    """Return a time as voice webhooks write it: RFC 2822."""
    return format_datetime(datetime.fromtimestamp(now / 1000, UTC).replace(microsecond=0))


def is_url(value: object) -> bool:
    """Return True for the text of an absolute http or https URL."""
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def _send(
    transaction: Transaction, call: PhoneCall, kind: str, url: str, method: str, more: dict[str, str] | None
) -> None:
    parameters = {
        "CallSid": call.sid,
        "AccountSid": call.account_sid,
        "From": call.from_number,
        "To": call.to_number,
        "CallStatus": call.status,
        "ApiVersion": "2010-04-01",
        "Direction": call.direction,
        "Caller": call.from_number,
        "Called": call.to_number,
        **_places(call),
        **(more or {}),
    }
    transaction.changes.callbacks.append(
        Callback(
            kind=kind,
            sid=call.sid,
            account_sid=call.account_sid,
            workspace_sid=call.workspace_sid,
            url=url,
            method=method,
            parameters=parameters,
            reservation_sid=call.reservation_sid,
            turn=call.turn,
        )
    )


def _places(call: PhoneCall) -> dict[str, str]:
    """Return all sixteen locations; those that nobody gave are empty."""
    return {
        f"{name}{what}": call.places.get(f"{end}{what}", "")
        for end, other in _NAMES.items()
        for name in (end, other)
        for what in _WHERE
    }
