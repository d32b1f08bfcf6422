"""Requests that tell an application how a simulated call goes (reference 7.4).

``dequeue`` and ``call`` name a ``status_callback_url``; ``conference`` names a ``status_callback`` for the call to the
Worker and a ``conference_status_callback`` for the conference. The Worker answers at once; the call is over when their
Reservation wraps up or ends. Parameters are those of Twilio's voice webhooks, without the geography of numbers.

``Reservation.call`` holds what was asked for, and under ``line`` what came of it: SIDs and times.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ..model.attributes import parsed
from ..model.changes import Callback
from ..model.resources import Reservation
from ..transaction import Transaction
from .callback_reply import ReplyFault

__all__ = ["CALL_EVENTS", "CONFERENCE_EVENTS", "answered", "cannot_tell", "hung_up", "is_url"]

CALL_EVENTS = ("initiated", "ringing", "answered", "completed")
CONFERENCE_EVENTS = ("start", "end", "join", "leave", "mute", "hold", "speaker")

_METHODS = ("GET", "POST")
_STATUS = {"answered": "in-progress"}
"""``CallStatus`` where it is not named like the event."""


class _Wish(NamedTuple):
    """Keys of an instruction that say where, how and when to tell, with what goes for those left out."""

    url: str
    method: str
    default_method: str
    events: tuple[str, ...]
    """The first that is given counts: the callback's key, and the REST parameter's, which differ for ``dequeue``."""
    default_events: tuple[str, ...]
    allowed: tuple[str, ...] = CALL_EVENTS


_CALL = {
    "dequeue": _Wish(
        "status_callback_url", "", "GET", ("status_callback_events", "status_callback_event"), ("completed",)
    ),
    "call": _Wish("status_callback_url", "", "POST", (), ("completed",)),
    "conference": _Wish(
        "status_callback", "status_callback_method", "POST", ("status_callback_event",), ("completed",)
    ),
}
"""``dequeue`` is told of by GET, the others by POST; ``call`` cannot name events."""

_CONFERENCE = _Wish(
    "conference_status_callback",
    "conference_status_callback_method",
    "POST",
    ("conference_status_callback_event",),
    ("start", "end"),
    CONFERENCE_EVENTS,
)

_WRONG_URL = {"dequeue": 40157, "call": 40113, "conference": 40145}
_WRONG_EVENTS = {"dequeue": 40134, "conference": 40145}


def cannot_tell(name: str, document: dict[str, Any]) -> ReplyFault | None:
    """What of the instruction ``name`` is no URL, event or method; None if nothing."""
    for wish in (_CALL[name], *([_CONFERENCE] if name == "conference" else [])):
        url = document.get(wish.url)
        if url is not None and not is_url(url):
            return ReplyFault(_WRONG_URL[name], f"{name}: `{wish.url}` must be an absolute http or https URL")
        if _method(wish, document) not in _METHODS:
            return ReplyFault(_WRONG_EVENTS[name], f"{name}: `{wish.method}` must be GET or POST")
        events = _events(wish, document)
        if events is None or not set(events) <= set(wish.allowed):
            allowed = ", ".join(wish.allowed)
            return ReplyFault(
                _WRONG_EVENTS[name], f"{name}: `{wish.events[0]}` must be some of {allowed}, separated by commas"
            )
    return None


def is_url(value: object) -> bool:
    """Return True for the text of an absolute http or https URL."""
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def answered(transaction: Transaction, reservation: Reservation, sids: dict[str, str]) -> None:
    """The Worker was rung and has picked up; in a conference, both have joined.

    Args:
        sids: ``worker_call_sid``; for a conference ``customer_call_sid`` and ``conference_sid`` as well.
    """
    reservation.call = {**(reservation.call or {}), "line": {**sids, "answered_at": transaction.now}}
    transaction.save(reservation)
    for event in ("initiated", "ringing", "answered"):
        _tell_of_call(transaction, reservation, event)
    for number, (event, party) in enumerate((("join", "customer"), ("join", "worker"), ("start", "")), start=1):
        _tell_of_conference(transaction, reservation, number, event, party)


def hung_up(transaction: Transaction, reservation: Reservation) -> None:
    """The call is over, if there is one; whoever calls this saves the Reservation."""
    call = reservation.call or {}
    if call.get("instruction") not in _CALL or "line" not in call:
        return
    _tell_of_call(transaction, reservation, "completed")
    for number, (event, party) in enumerate((("leave", "worker"), ("leave", "customer"), ("end", "")), start=4):
        _tell_of_conference(transaction, reservation, number, event, party)
    reservation.call = {key: value for key, value in call.items() if key != "line"}


def _tell_of_call(transaction: Transaction, reservation: Reservation, event: str) -> None:
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
        "Timestamp": _written(transaction.now),
        **dict(_parties(transaction, reservation)),
    }
    if event == "completed":
        seconds = (transaction.now - line["answered_at"]) // 1000
        parameters |= {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
    _tell(transaction, reservation, _CALL[call["instruction"]], event, line["worker_call_sid"], parameters)


def _parties(transaction: Transaction, reservation: Reservation) -> Iterator[tuple[str, str]]:
    """Who calls whom, and for which Task: ``taskCallSid`` is documented, programs read ``TaskCallSid`` as well."""
    call, task = reservation.call or {}, transaction.state.tasks[reservation.task_sid]
    attributes = parsed(task.attributes)
    dialled = call.get("from") or attributes.get("to") or ""
    for name, number in (("From", dialled), ("Caller", dialled), ("To", call["to"]), ("Called", call["to"])):
        yield name, str(number)
    yield "TaskSid", task.sid
    if isinstance(attributes.get("call_sid"), str):
        yield "taskCallSid", attributes["call_sid"]
        yield "TaskCallSid", attributes["call_sid"]


def _tell_of_conference(
    transaction: Transaction, reservation: Reservation, number: int, event: str, party: str
) -> None:
    line = (reservation.call or {})["line"]
    if "conference_sid" not in line:
        return
    parameters = {
        "AccountSid": reservation.account_sid,
        "ConferenceSid": line["conference_sid"],
        "FriendlyName": reservation.task_sid,
        "SequenceNumber": str(number),
        "StatusCallbackEvent": f"participant-{event}" if party else f"conference-{event}",
        "Timestamp": _written(transaction.now),
    }
    if party:
        parameters |= {"CallSid": line[f"{party}_call_sid"], "Muted": "false", "Hold": "false", "Coaching": "false"}
    _tell(transaction, reservation, _CONFERENCE, event, line["conference_sid"], parameters)


def _tell(
    transaction: Transaction, reservation: Reservation, wish: _Wish, event: str, sid: str, parameters: dict[str, str]
) -> None:
    call = reservation.call or {}
    url = call.get(wish.url)
    if not url or event not in (_events(wish, call) or ()):
        return
    transaction.changes.callbacks.append(
        Callback(
            kind="status",
            sid=sid,
            account_sid=reservation.account_sid,
            workspace_sid=reservation.workspace_sid,
            url=url,
            method=_method(wish, call),
            parameters=parameters,
            reservation_sid=reservation.sid,
        )
    )


def _method(wish: _Wish, document: dict[str, Any]) -> str:
    given = document.get(wish.method) if wish.method else None
    return str(given or wish.default_method).upper()


def _events(wish: _Wish, document: dict[str, Any]) -> tuple[str, ...] | None:
    """Those asked for, as text or as a list; None if it is neither."""
    given = next((document[key] for key in wish.events if document.get(key) is not None), None)
    if given is None:
        return wish.default_events
    names = given.replace(",", " ").split() if isinstance(given, str) else given
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        return None
    return tuple(names) or wish.default_events


def _written(now: int) -> str:
    """As voice webhooks write a time: RFC 2822."""
    return format_datetime(datetime.fromtimestamp(now / 1000, UTC).replace(microsecond=0))
