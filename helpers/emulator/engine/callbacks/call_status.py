"""Status callbacks of simulated calls and conferences (reference 7.4).

``dequeue`` and ``call`` name a ``status_callback_url``; ``conference`` names a ``status_callback`` for the call to the
Worker and a ``conference_status_callback`` for the conference. The Worker answers at once; the call is over when the
Reservation wraps up or ends. Parameters are those of Twilio's voice webhooks, without the places of phone numbers.

``Reservation.call`` holds the instruction's parameters, and under ``line`` the state of the call: SIDs and times.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ..model.attributes import decode
from ..model.changes import Callback
from ..model.resources import Reservation
from ..transaction import Transaction
from .callback_reply import ReplyFault

__all__ = ["CALL_EVENTS", "CONFERENCE_EVENTS", "find_fault", "hang_up", "is_url", "pick_up"]

CALL_EVENTS = ("initiated", "ringing", "answered", "completed")
CONFERENCE_EVENTS = ("start", "end", "join", "leave", "mute", "hold", "speaker")

_METHODS = ("GET", "POST")
_STATUS = {"answered": "in-progress"}
"""``CallStatus`` of events whose name differs from it."""


class _StatusCallback(NamedTuple):
    """Keys of an instruction for one kind of status callback, with the defaults for missing ones."""

    url: str
    method: str
    default_method: str
    events: tuple[str, ...]
    """Names of one key, of which the first given counts: ``dequeue`` spells it differently by callback and by REST."""
    default_events: tuple[str, ...]
    allowed: tuple[str, ...] = CALL_EVENTS


_CALL = {
    "dequeue": _StatusCallback(
        "status_callback_url", "", "GET", ("status_callback_events", "status_callback_event"), ("completed",)
    ),
    "call": _StatusCallback("status_callback_url", "", "POST", (), ("completed",)),
    "conference": _StatusCallback(
        "status_callback", "status_callback_method", "POST", ("status_callback_event",), ("completed",)
    ),
}
"""Status callbacks of ``dequeue`` are GET requests, the others POST; ``call`` cannot choose its events."""

_CONFERENCE = _StatusCallback(
    "conference_status_callback",
    "conference_status_callback_method",
    "POST",
    ("conference_status_callback_event",),
    ("start", "end"),
    CONFERENCE_EVENTS,
)

_WRONG_URL = {"dequeue": 40157, "call": 40113, "conference": 40145}
_WRONG_EVENTS = {"dequeue": 40134, "conference": 40145}


def find_fault(name: str, document: dict[str, Any]) -> ReplyFault | None:
    """Return the first invalid URL, event or method of the instruction ``name``, or None."""
    for keys in (_CALL[name], *([_CONFERENCE] if name == "conference" else [])):
        url = document.get(keys.url)
        if url is not None and not is_url(url):
            return ReplyFault(_WRONG_URL[name], f"{name}: `{keys.url}` must be an absolute http or https URL")
        if _method(keys, document) not in _METHODS:
            return ReplyFault(_WRONG_EVENTS[name], f"{name}: `{keys.method}` must be GET or POST")
        events = _events(keys, document)
        if events is None or not set(events) <= set(keys.allowed):
            allowed = ", ".join(keys.allowed)
            return ReplyFault(
                _WRONG_EVENTS[name], f"{name}: `{keys.events[0]}` must be some of {allowed}, separated by commas"
            )
    return None


def is_url(value: object) -> bool:
    """Return True for the text of an absolute http or https URL."""
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def pick_up(transaction: Transaction, reservation: Reservation, sids: dict[str, str]) -> None:
    """Connect the call to the Worker, who picks up at once; in a conference, let both join.

    Args:
        sids: ``worker_call_sid``; for a conference ``customer_call_sid`` and ``conference_sid`` as well.
    """
    reservation.call = {**(reservation.call or {}), "line": {**sids, "answered_at": transaction.now}}
    transaction.save(reservation)
    for event in ("initiated", "ringing", "answered"):
        _report_call(transaction, reservation, event)
    for number, (event, party) in enumerate((("join", "customer"), ("join", "worker"), ("start", "")), start=1):
        _report_conference(transaction, reservation, number, event, party)


def hang_up(transaction: Transaction, reservation: Reservation) -> None:
    """End the call, if there is one. The caller saves the Reservation."""
    call = reservation.call or {}
    if call.get("instruction") not in _CALL or "line" not in call:
        return
    _report_call(transaction, reservation, "completed")
    for number, (event, party) in enumerate((("leave", "worker"), ("leave", "customer"), ("end", "")), start=4):
        _report_conference(transaction, reservation, number, event, party)
    reservation.call = {key: value for key, value in call.items() if key != "line"}


def _report_call(transaction: Transaction, reservation: Reservation, event: str) -> None:
    call = reservation.call or {}
    line = call["line"]
    parameters = {
        "AccountSid": reservation.account_sid,
        "ApiVersion": "2010-04-01",
        "CallbackSource": "call-progress-events",
        "CallSid": line["worker_call_sid"],
        "CallStatus": _STATUS.get(event, event),
        "Direction": "outbound-api",
        "SequenceNumber": str(CALL_EVENTS.index(event)),
        "Timestamp": _format_time(transaction.now),
        **dict(_parties(transaction, reservation)),
    }
    if event == "completed":
        seconds = (transaction.now - line["answered_at"]) // 1000
        parameters |= {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
    _report(transaction, reservation, _CALL[call["instruction"]], event, line["worker_call_sid"], parameters)


def _parties(transaction: Transaction, reservation: Reservation) -> Iterator[tuple[str, str]]:
    """Yield caller, called and Task: ``taskCallSid`` is documented, programs read ``TaskCallSid`` as well."""
    call, task = reservation.call or {}, transaction.state.tasks[reservation.task_sid]
    attributes = decode(task.attributes)
    dialled = call.get("from") or attributes.get("to") or ""
    for name, number in (("From", dialled), ("Caller", dialled), ("To", call["to"]), ("Called", call["to"])):
        yield name, str(number)
    yield "TaskSid", task.sid
    if isinstance(attributes.get("call_sid"), str):
        yield "taskCallSid", attributes["call_sid"]
        yield "TaskCallSid", attributes["call_sid"]


def _report_conference(transaction: Transaction, reservation: Reservation, number: int, event: str, party: str) -> None:
    line = (reservation.call or {})["line"]
    if "conference_sid" not in line:
        return
    parameters = {
        "AccountSid": reservation.account_sid,
        "ConferenceSid": line["conference_sid"],
        "FriendlyName": reservation.task_sid,
        "SequenceNumber": str(number),
        "StatusCallbackEvent": f"participant-{event}" if party else f"conference-{event}",
        "Timestamp": _format_time(transaction.now),
    }
    if party:
        parameters |= {"CallSid": line[f"{party}_call_sid"], "Muted": "false", "Hold": "false", "Coaching": "false"}
    _report(transaction, reservation, _CONFERENCE, event, line["conference_sid"], parameters)


def _report(
    transaction: Transaction,
    reservation: Reservation,
    keys: _StatusCallback,
    event: str,
    sid: str,
    parameters: dict[str, str],
) -> None:
    call = reservation.call or {}
    url = call.get(keys.url)
    if not url or event not in (_events(keys, call) or ()):
        return
    transaction.changes.callbacks.append(
        Callback(
            kind="status",
            sid=sid,
            account_sid=reservation.account_sid,
            workspace_sid=reservation.workspace_sid,
            url=url,
            method=_method(keys, call),
            parameters=parameters,
            reservation_sid=reservation.sid,
        )
    )


def _method(keys: _StatusCallback, document: dict[str, Any]) -> str:
    given = document.get(keys.method) if keys.method else None
    return str(given or keys.default_method).upper()


def _events(keys: _StatusCallback, document: dict[str, Any]) -> tuple[str, ...] | None:
    """Return the names of events, given as text or as a list; None if they are neither."""
    given = next((document[key] for key in keys.events if document.get(key) is not None), None)
    if given is None:
        return keys.default_events
    names = given.replace(",", " ").split() if isinstance(given, str) else given
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        return None
    return tuple(names) or keys.default_events


def _format_time(now: int) -> str:
    """Return a time as voice webhooks write it: RFC 2822."""
    return format_datetime(datetime.fromtimestamp(now / 1000, UTC).replace(microsecond=0))
