"""Outcomes of callbacks: what each was about, whether its signature is valid, and what came of the reply."""

from __future__ import annotations

from typing import Any

from twilio.request_validator import RequestValidator

from ..emulator import Emulator
from ..engine.callbacks.callback_reply import CallbackReply, ReplyFault, read_reply
from ..engine.model.changes import Callback
from ..request_log.logged_request import Delivery, LoggedRequest
from .contents import pairs_of
from .names import Names, cut

__all__ = ["check_signature", "explain_callback", "tell_effect"]


def explain_callback(callback: Callback, names: Names) -> str:
    """Return a short sentence about a callback, such as ``WT6870… for Alice``."""
    fields = callback.parameters
    if callback.kind == "assignment":
        worker = names.label(callback.workspace_sid, fields.get("WorkerSid", ""))
        return f"{cut(fields.get('TaskSid', ''))} for {worker}"
    if callback.kind == "event":
        return f"{fields.get('EventType', 'event')}: {cut(fields.get('EventDescription', ''))}"
    if callback.kind == "voice":
        return f"TwiML for {cut(callback.sid)}"
    status = fields.get("CallStatus") or fields.get("StatusCallbackEvent") or "status"
    return f"{cut(status)} of {cut(callback.sid)}"


def check_signature(request: LoggedRequest, auth_token: str | None) -> dict[str, Any]:
    """Check the signature with Twilio's own validator, against the URL and the parameters as they were sent.

    Returns:
        ``valid`` (None if the account is gone), ``words``, and the number of ``parameters``.
    """
    assert request.outgoing is not None
    signature = request.outgoing.headers.get("X-Twilio-Signature", "")
    signed = {} if request.method == "GET" else dict(pairs_of(request))
    count = len(signed)
    if auth_token is None:
        return {"valid": None, "words": "The account is gone, and its Auth Token with it.", "parameters": count}
    valid = bool(RequestValidator(auth_token).validate(request.url, signed, signature))
    what = f"The URL and {count} parameters" if count else "The URL with its query"
    does = "give" if valid else "don't give"
    words = f"{what}, signed with the Auth Token, {does} the X-Twilio-Signature that was sent."
    return {"valid": valid, "words": words, "parameters": count}


def tell_effect(request: LoggedRequest, delivery: Delivery, emulator: Emulator) -> dict[str, str]:
    """Return what came of a callback: ``words``, and a ``tone``, which is good, wait, bad or info."""
    if request.took_ms is None:
        return {"tone": "wait", "words": "The application hasn't answered yet."}
    fault = _fault(request, delivery)
    if fault:
        return {"tone": "bad", "words": f"{fault} {_after_fault(request, delivery)}"}
    if delivery.callback.kind == "voice":
        return _effect_of_twiml(request)
    if delivery.callback.kind != "assignment":
        return {"tone": "info", "words": "The reply confirms that it arrived. TaskRouter reads nothing else in it."}
    return _effect_of_reply(request, delivery, emulator)


def _fault(request: LoggedRequest, delivery: Delivery) -> str:
    """Return why the attempt counts as failed; empty text if it doesn't."""
    if request.status is None:
        return f"No response: {request.error or 'it was dropped'}."
    found = read_reply(delivery.callback.kind, _reply(request))
    return f"{found.text[:1].upper()}{found.text[1:]}." if isinstance(found, ReplyFault) else ""


def _after_fault(request: LoggedRequest, delivery: Delivery) -> str:
    attempts = delivery.attempts
    if attempts and request.number != attempts[-1]:
        return f"TaskRouter then tried the fallback URL, in request {attempts[attempts.index(request.number) + 1]}."
    if request.status is None and not request.error:
        return ""
    if delivery.callback.kind == "voice":
        return "The call ended."
    if delivery.callback.kind != "assignment":
        return "TaskRouter doesn't send it again."
    if any(event.event_type == "reservation.canceled" for event in request.events):
        return "The Reservation was canceled, and its Task waits again."
    return "It changed nothing: the Reservation was no longer pending."


def _effect_of_reply(request: LoggedRequest, delivery: Delivery, emulator: Emulator) -> dict[str, str]:
    content = read_reply("assignment", _reply(request))
    assert not isinstance(content, ReplyFault)
    if request.alerts:
        return {"tone": "bad", "words": f"{cut_sentence(request.alerts[-1])} ({_types(request) or 'nothing changed'})."}
    if content.instruction is None:
        state = emulator.world.workspaces.get(delivery.callback.workspace_sid)
        reservation = None if state is None else state.reservations.get(delivery.callback.sid)
        if reservation is not None and reservation.reservation_status == "pending":
            return {"tone": "info", "words": "Reservation stays pending, because the reply has no instruction."}
        return {"tone": "info", "words": "The reply has no instruction, so it changed nothing."}
    done = _types(request)
    return {
        "tone": "good" if done else "info",
        "words": f"The reply's instruction {content.instruction} was carried out: {done}."
        if done
        else f"The reply's instruction {content.instruction} changed nothing.",
    }


def _effect_of_twiml(request: LoggedRequest) -> dict[str, str]:
    """Return what TwiML asks of a call, and the events that it caused; a caller who hung up hears nothing of it."""
    content = read_reply("voice", _reply(request))
    assert not isinstance(content, ReplyFault)
    verbs = ", ".join(f"<{verb.name}>" for verb in content.twiml) or "nothing, so the call ends"
    done = f" It caused {_types(request)}." if request.events else ""
    return {"tone": "good" if done else "info", "words": f"The reply's TwiML asks for {verbs}.{done}"}


def cut_sentence(text: str) -> str:
    """Return an alert as the beginning of a sentence."""
    return f"{text[:1].upper()}{text[1:300]}"


def _types(request: LoggedRequest) -> str:
    """Return the types of the events that the reply caused, each once."""
    return ", ".join(dict.fromkeys(event.event_type for event in request.events))


def _reply(request: LoggedRequest) -> CallbackReply:
    kinds = (value.decode("latin-1") for name, value in request.reply_headers if name == b"content-type")
    return CallbackReply(status=request.status or 0, content_type=next(kinds, None), body=request.reply)
