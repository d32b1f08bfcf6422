"""Requests of this kernel in the portal's form: what the SDK sent, and the callbacks that the listener received.

Their numbers are the marks of ``helpers.ordering``, so that both stand in one order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from helpers.callbacks.inbox.received import Received
from helpers.console.messages import KEPT
from helpers.emulator.display.safe_text import one_line
from helpers.wire import Exchange

__all__ = ["find_received", "find_request", "request_records"]

Record = dict[str, Any]

_FIELDS = {
    "TaskSid": "task_sid",
    "WorkerSid": "worker_sid",
    "ReservationSid": "reservation_sid",
    "WorkflowSid": "workflow_sid",
}
_VERDICTS = {"valid": True, "wrong": False, "missing": False}


def request_records(wire: Iterable[Exchange], inbox: Iterable[Received]) -> list[Record]:
    """Return the newest requests, oldest first, with the keys of ``RequestInspector.summaries``."""
    found = [*map(_sent, wire), *map(_received, inbox)]
    return sorted(found, key=lambda each: each["number"])[-KEPT:]


def find_request(wire: Iterable[Exchange], inbox: Iterable[Received], number: int) -> Record | None:
    """Return a request in full, with the keys of ``RequestInspector.detail``; None if it is kept no longer."""
    for exchange in wire:
        if exchange.began == number:
            return _sent(exchange) | _sent_detail(exchange)
    received = find_received(inbox, number)
    return None if received is None else _received(received) | _received_detail(received)


def find_received(inbox: Iterable[Received], number: int) -> Received | None:
    """Return the received request with this number, or None."""
    return next((each for each in inbox if each.began == number), None)


def _summary(number: int, **known: Any) -> Record:
    nothing: Record = {
        "code": None,
        "error": "",
        "by": "",
        "cause": None,
        "by_timer": False,
        "effects": [],
        "sent": None,
        "is_overtaken": False,
        "repeats": False,
    }
    return {"number": number, **nothing, "replay_of": None, "sids": {}, **known}


def _sent(exchange: Exchange) -> Record:
    return _summary(
        exchange.began,
        kind="api",
        method=exchange.method,
        path=exchange.path,
        url=exchange.url,
        means="",
        status=exchange.status or None,
        error="" if exchange.status else "There was no response.",
        at_ms=exchange.at_ms,
        took_ms=exchange.duration_ms,
    )


def _received(received: Received) -> Record:
    parameters = received.parameters
    is_assignment = "ReservationSid" in parameters and "EventType" not in parameters
    path = f"{received.path}?{received.query}" if received.query else received.path
    return _summary(
        received.began,
        kind="callback",
        callback="assignment" if is_assignment else "event",
        method=received.method,
        path=path,
        url=path,
        means="Assignment callback" if is_assignment else one_line(parameters.get("EventType", "")),
        status=received.status,
        error=received.refused or "",
        at_ms=received.at_ms,
        took_ms=received.duration_ms,
        sids={sid: str(parameters[name]) for name, sid in _FIELDS.items() if parameters.get(name)},
        repeats=received.repeats is not None,
    )


def _detail(**known: Any) -> Record:
    nothing: Record = {
        "signature": None,
        "effect": None,
        "attempts": [],
        "changes": [],
        "caused": [],
        "events": [],
    }
    return {**nothing, "reply_headers": [], "workspace_sid": "", **known}


def _sent_detail(exchange: Exchange) -> Record:
    return _detail(
        headers=[["If-Match", exchange.if_match]] if exchange.if_match else [],
        parameters=[list(pair) for pair in exchange.parameters],
        body=_body("") | {"form": True},
        reply=_body(exchange.body),
    )


def _received_detail(received: Received) -> Record:
    pairs = [
        [name, each]
        for name, value in received.parameters.items()
        for each in ([value] if isinstance(value, str) else value)
    ]
    words = {"valid": "It was signed with the account's Auth Token."}.get(received.signature, f"{received.signature}.")
    return _detail(
        headers=[list(pair) for pair in received.headers.items()],
        parameters=pairs,
        body=_body(received.raw.decode("utf-8", "backslashreplace")) | {"form": True},
        reply=_body(received.reply.decode("utf-8", "backslashreplace")),
        signature={"valid": _VERDICTS.get(received.signature), "words": words, "parameters": len(pairs)},
    )


def _body(text: str) -> Record:
    return {"text": text, "size": len(text.encode()), "cut": False, "binary": False}
