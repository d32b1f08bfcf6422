"""What a request to the listener was, who sent it, and what was answered, in a few words."""

from __future__ import annotations

from helpers.diagrams.exchange_labels import Names
from helpers.diagrams.redaction import body_of, discreet
from helpers.emulator.display.views.sdk_shapes import ArrivalLike

__all__ = ["CODE", "LISTENER", "ROUTER", "STRANGER", "WEB_CLIENT", "arrival", "reply", "sender"]

CODE, ROUTER, LISTENER = "Your code", "TaskRouter", "Listener"
WEB_CLIENT = "Web client"
"""A browser, curl or a script of one's own that calls the listener, ``/create_task`` for instance."""
STRANGER = "Unknown sender"
"""Whoever sends a callback that TaskRouter did not sign."""

_FROM_TASKROUTER = ("/assignment_callback", "/events")


def sender(received: ArrivalLike) -> str:
    """Who sent a request, as far as path and signature tell."""
    if received.replay_of is not None:
        return CODE
    if received.path not in _FROM_TASKROUTER or received.method != "POST":
        return WEB_CLIENT
    return ROUTER if received.signature in ("valid", "not checked") else STRANGER


def arrival(received: ArrivalLike, names: Names) -> tuple[str, str]:
    """What was sent, and what it was about."""
    if received.replay_of is not None:
        return f"request {received.replay_of} once more", f"{received.method} {discreet(received.path)}"
    given = {name: value for name, value in received.parameters.items() if isinstance(value, str)}
    if "EventType" in given:
        return discreet(f"event {given['EventType']}"), discreet(given.get("EventDescription"))
    if "ReservationSid" in given:
        worker = names.get(given.get("WorkerSid", ""), f"Worker {given.get('WorkerSid', '?')}")
        about = f"Reservation {given['ReservationSid']}: Task {given.get('TaskSid', '?')} for {worker}"
        return "assignment callback", discreet(about)
    about = f"with {', '.join(received.parameters)}" if received.parameters else ""
    return f"{received.method} {discreet(received.path)}", discreet(about)


def reply(received: ArrivalLike) -> str:
    """What went back."""
    if received.refused:
        return discreet(f"{received.status}, refused: {received.refused}", 120)
    body = body_of(received.reply)
    instruction = body.get("instruction")
    text = f"instruction {instruction}" if isinstance(instruction, str) else received.reply.decode("utf-8", "replace")
    hint = f" (hint: {received.hints[0]})" if received.hints else ""
    return discreet(f"{received.status} {text}{hint}".rstrip(), 120)
