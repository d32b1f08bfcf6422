"""Short labels for a request to the listener, its sender and its reply."""

from __future__ import annotations

from helpers.diagrams.exchange_labels import Names
from helpers.diagrams.redaction import read_body, redact
from helpers.emulator.display.views.sdk_shapes import ArrivalLike

__all__ = ["CODE", "ROUTER", "STRANGER", "WEB_CLIENT", "describe_arrival", "describe_reply", "find_sender"]

CODE, ROUTER = "Your code", "TaskRouter"
WEB_CLIENT = "Web client"
"""Name of a browser, curl or a script that sends requests to the listener, to ``/create_task`` for instance."""
STRANGER = "Unknown sender"
"""Name of a sender of callbacks without a valid signature, and of whoever was refused outside."""

_FROM_TASKROUTER = ("/assignment_callback", "/events")


def find_sender(received: ArrivalLike) -> str:
    """Return the participant that sent a request, judged by path, method and signature."""
    if received.replay_of is not None or received.built_here:
        return CODE
    if received.is_from_outside and received.refused and received.signature != "valid":
        return STRANGER
    if received.path not in _FROM_TASKROUTER or received.method != "POST":
        return WEB_CLIENT
    return ROUTER if received.signature in ("valid", "not checked") else STRANGER


def describe_arrival(received: ArrivalLike, names: Names, *, late: bool = False) -> tuple[str, str]:
    """Return the kind of a request, with a word if it came before or is late, and its content."""
    kind, content = _describe(received, names)
    return f"{kind} again" if received.repeats is not None else f"{kind}, late" if late else kind, content


def _describe(received: ArrivalLike, names: Names) -> tuple[str, str]:
    if received.replay_of is not None:
        return f"replay of request {received.replay_of}", f"{received.method} {redact(received.path)}"
    given = {name: value for name, value in received.parameters.items() if isinstance(value, str)}
    if "EventType" in given:
        return redact(f"event {given['EventType']}"), redact(given.get("EventDescription"))
    if "ReservationSid" in given:
        worker = names.get(given.get("WorkerSid", ""), f"Worker {given.get('WorkerSid', '?')}")
        about = f"Reservation {given['ReservationSid']}: Task {given.get('TaskSid', '?')} for {worker}"
        return "callback built here" if received.built_here else "assignment callback", redact(about)
    about = f"with {', '.join(received.parameters)}" if received.parameters else ""
    return f"{received.method} {redact(received.path)}", redact(about)


def describe_reply(received: ArrivalLike) -> str:
    """Return the status and the content of the reply."""
    if received.refused:
        return redact(f"{received.status}, rejected: {received.refused}", 120)
    body = read_body(received.reply)
    instruction = body.get("instruction")
    text = f"instruction {instruction}" if isinstance(instruction, str) else received.reply.decode("utf-8", "replace")
    hint = f" (hint: {received.hints[0]})" if received.hints else ""
    return redact(f"{received.status} {text}{hint}".rstrip(), 120)
