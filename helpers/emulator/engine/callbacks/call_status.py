"""Status callbacks of simulated calls to Workers and of conferences (reference 7.4).

``dequeue`` and ``call`` name a ``status_callback_url``; ``conference`` names a ``status_callback`` for the call to the
Worker and a ``conference_status_callback`` for the conference. The call is over when the Reservation wraps up or ends.
Parameters are those of Twilio's voice webhooks, without the places of phone numbers.

``Reservation.call`` holds the instruction's parameters, and under ``line`` the state of the call: SIDs and times.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..model.attributes import decode
from ..model.changes import Callback
from ..model.resources import Reservation
from ..transaction import Transaction
from .callback_reply import ReplyFault
from .caller import end, free
from .voice_request import format_time, is_url

__all__ = ["CALL_EVENTS", "CONFERENCE_EVENTS", "find_fault", "hang_up", "pick_up", "ring"]

CALL_EVENTS = ("initiated", "ringing", "answered", "completed")
CONFERENCE_EVENTS = ("start", "end", "join", "leave", "mute", "hold", "speaker")

_METHODS = ("GET", "POST")


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


def ring(transaction: Transaction, reservation: Reservation, sids: dict[str, str]) -> None:
    """Call the Worker.

    Args:
        sids: ``worker_call_sid``; for a conference ``customer_call_sid`` and ``conference_sid`` as well.
    """
    reservation.call = {**(reservation.call or {}), "line": sids}
    transaction.save(reservation)
    for event in ("initiated", "ringing"):
        _report_call(transaction, reservation, event, event)


def pick_up(transaction: Transaction, reservation: Reservation) -> None:
    """Connect the call to the Worker, who picks up; in a conference, let both join."""
    call = reservation.call or {}
    reservation.call = {**call, "line": {**call["line"], "answered_at": transaction.now}}
    transaction.save(reservation)
    _report_call(transaction, reservation, "answered", "in-progress")
    for number, (event, party) in enumerate((("join", "customer"), ("join", "worker"), ("start", "")), start=1):
        _report_conference(transaction, reservation, number, event, party)


def hang_up(transaction: Transaction, reservation: Reservation, unanswered: str = "canceled") -> None:
    """End the call, if there is one. The caller saves the Reservation.

    Args:
        unanswered: ``CallStatus`` of a call that nobody answered.
    """
    call = reservation.call or {}
    if call.get("instruction") not in _CALL or "line" not in call:
        return
    line = call["line"]
    if "answered_at" in line:
        _report_call(transaction, reservation, "completed", "completed")
        for number, (event, party) in enumerate((("leave", "worker"), ("leave", "customer"), ("end", "")), start=4):
            _report_conference(transaction, reservation, number, event, party)
    else:
        _report_call(transaction, reservation, "completed", unanswered)
    reservation.call = {key: value for key, value in call.items() if key != "line"}
    worker_call = transaction.state.phone_calls.get(line["worker_call_sid"])
    if worker_call is not None and worker_call.stage != "over":
        end(transaction, worker_call)
    free(transaction, reservation)


def _report_call(transaction: Transaction, reservation: Reservation, event: str, status: str) -> None:
    call = reservation.call or {}
    line = call["line"]
    parameters = {
        "AccountSid": reservation.account_sid,
        "ApiVersion": "2010-04-01",
        "CallbackSource": "call-progress-events",
        "CallSid": line["worker_call_sid"],
        "CallStatus": status,
        "Direction": "outbound-api",
        "SequenceNumber": str(CALL_EVENTS.index(event)),
        "Timestamp": format_time(transaction.now),
        **dict(_parties(transaction, reservation)),
    }
    if event == "completed":
        seconds = (transaction.now - line.get("answered_at", transaction.now)) // 1000
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
        "Timestamp": format_time(transaction.now),
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
