"""Instructions, in the reply to an assignment callback or by REST (reference 7.3, 7.4).

Voice instructions act on a *simulated* call, which the Worker answers at once, unless its caller was made with
``dial``, which says otherwise. Their parameters are kept in ``Reservation.call``.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import msgspec

from ..callbacks import call_status
from ..callbacks.callback_reply import ReplyContent, ReplyFault
from ..callbacks.caller import caller_of, redirect, ring, talk
from ..callbacks.voice_request import ask, is_url
from ..model.attributes import decode
from ..model.refusals import Invalid
from ..model.resources import PhoneCall, Reservation, Task
from ..routing.transitions import accept, cancel_reservation, check_pending, emit_task, reject
from ..transaction import Transaction

__all__ = ["INSTRUCTIONS", "answer", "answer_phone", "carry_out", "give_up"]

_RING_SECONDS, _LONGEST_RING = 60, 999

INSTRUCTIONS = ("accept", "reject", "dequeue", "call", "redirect", "conference", "supervise")


def answer(transaction: Transaction, reservation_sid: str, reply: ReplyContent) -> None:
    """Carry out the instruction in a reply. If it fails, an alert says why."""
    reservation = transaction.state.reservations.get(reservation_sid)
    if reservation is None:
        return
    if reservation.callback_due:
        reservation.callback_due = False
        transaction.save(reservation, quietly=True)
    if not reply.document:
        return
    name = reply.instruction
    if name is None:
        transaction.alert(40005, "the reply has no instruction; the Reservation stays pending", reservation_sid)
        return
    if name not in INSTRUCTIONS or name == "supervise":
        transaction.alert(55555, f"invalid instruction {name[:80]!r}", reservation_sid)
        return
    if reservation.reservation_status != "pending":
        transaction.alert(
            _NOT_PENDING.get(name, 40005), f"{name}: the Reservation is no longer pending", reservation_sid
        )
        return
    fault = _CALLBACK_INSTRUCTIONS[name](transaction, reservation, reply.document)
    if fault is not None:
        transaction.alert(fault.code, fault.text, reservation_sid)
        cancel_reservation(transaction, reservation, fault.code)


def give_up(transaction: Transaction, reservation_sid: str) -> None:
    """Cancel a Reservation whose callback failed at both URLs; its Task waits again (reference 7.3)."""
    reservation = transaction.state.reservations.get(reservation_sid)
    if reservation is None:
        return
    if reservation.reservation_status == "pending":
        cancel_reservation(transaction, reservation)
    elif reservation.callback_due:
        reservation.callback_due = False
        transaction.save(reservation, quietly=True)


def carry_out(transaction: Transaction, reservation: Reservation, name: str, parameters: dict[str, Any]) -> None:
    """Carry out an instruction given by REST, with its parameters in snake_case.

    Raises:
        Gone: the Reservation was rescinded.
        Invalid: it isn't pending, or the instruction is unknown or cannot be carried out.
    """
    if name not in INSTRUCTIONS:
        raise Invalid(f"Instruction {name[:80]!r} is not valid. Allowed: {', '.join(INSTRUCTIONS)}")
    if name == "supervise":
        _supervise(transaction, reservation, parameters)
        return
    check_pending(reservation, f"Unable to execute {name.capitalize()} instruction. ")
    # Twilio prefixes the parameters of every instruction but the conference's.
    prefix = "" if name == "conference" else f"{name}_"
    document = {key.removeprefix(prefix): value for key, value in parameters.items()}
    fault = _CALLBACK_INSTRUCTIONS[name](transaction, reservation, document)
    if fault is not None:
        raise Invalid(f"Unable to execute {name.capitalize()} instruction: {fault.text} (error {fault.code})")


_NOT_PENDING = {"call": 40114, "redirect": 40123, "dequeue": 40135, "conference": 40136}


def _accept(transaction: Transaction, reservation: Reservation, _: dict[str, Any]) -> ReplyFault | None:
    accept(transaction, reservation)
    return None


def _reject(transaction: Transaction, reservation: Reservation, document: dict[str, Any]) -> ReplyFault | None:
    activity_sid = document.get("activity_sid")
    if activity_sid is not None and not _is_activity(transaction, activity_sid):
        return ReplyFault(40100, f"reject: there is no activity {str(activity_sid)[:80]!r}")
    reject(transaction, reservation, activity_sid)
    return None


def _dequeue(transaction: Transaction, reservation: Reservation, document: dict[str, Any]) -> ReplyFault | None:
    task = transaction.state.tasks[reservation.task_sid]
    if "call_sid" not in decode(task.attributes):
        return ReplyFault(40140, "dequeue: the Task has no call_sid; it was not made by <Enqueue>")
    if (fault := _find_connection_fault(transaction, reservation, "dequeue", document)) is not None:
        return fault
    _call_worker(transaction, reservation, "dequeue", document, {"worker_call_sid": transaction.sids.new("CA")})
    return None


def _call(transaction: Transaction, reservation: Reservation, document: dict[str, Any]) -> ReplyFault | None:
    if not _is_text(document.get("from")):
        return ReplyFault(40111, "call: `from` is required, and must be text")
    if not is_url(document.get("url")):
        return ReplyFault(40112, "call: `url` is required, and must be an http or https URL")
    if _address(transaction, reservation, document) is None:
        return ReplyFault(40110, "call: no `to`, and the Worker has no contact_uri")
    if (fault := call_status.find_fault("call", document)) is not None:
        return fault
    _call_worker(transaction, reservation, "call", document, {"worker_call_sid": transaction.sids.new("CA")})
    return None


def _redirect(transaction: Transaction, reservation: Reservation, document: dict[str, Any]) -> ReplyFault | None:
    if not _is_text(document.get("call_sid")):
        return ReplyFault(40121, "redirect: `call_sid` is required, and must be text")
    if not is_url(document.get("url")):
        return ReplyFault(40120, "redirect: `url` is required, and must be an http or https URL")
    call_status.hang_up(transaction, reservation)
    reservation.call = {**document, "instruction": "redirect", "simulated": True}
    transaction.save(reservation)
    caller = caller_of(transaction, transaction.state.tasks[reservation.task_sid])
    if caller is not None and caller.sid == document["call_sid"]:
        redirect(transaction, caller, document["url"])
    if _is_true(document.get("accept")):
        accept(transaction, reservation)
    return None


def _conference(transaction: Transaction, reservation: Reservation, document: dict[str, Any]) -> ReplyFault | None:
    task = transaction.state.tasks[reservation.task_sid]
    attributes = decode(task.attributes)
    if "call_sid" not in attributes and "outbound_to" not in attributes:
        return ReplyFault(40142, "conference: the Task has neither call_sid nor outbound_to")
    if (fault := _find_connection_fault(transaction, reservation, "conference", document)) is not None:
        return fault
    sids = {
        "worker_call_sid": transaction.sids.new("CA"),
        "customer_call_sid": str(attributes.get("call_sid") or transaction.sids.new("CA")),
        "conference_sid": transaction.sids.new("CF"),
    }
    _call_worker(transaction, reservation, "conference", document, sids)
    return None


def _supervise(transaction: Transaction, reservation: Reservation, parameters: dict[str, Any]) -> None:
    """Let a supervisor join the simulated conference of an accepted Reservation."""
    if reservation.reservation_status != "accepted":
        raise Invalid(f"Unable to supervise Reservation {reservation.sid}. It is not currently accepted.")
    reservation.call = (reservation.call or {"simulated": True}) | {"supervisor": parameters}
    transaction.save(reservation)


_CALLBACK_INSTRUCTIONS = {
    "accept": _accept,
    "reject": _reject,
    "dequeue": _dequeue,
    "call": _call,
    "redirect": _redirect,
    "conference": _conference,
}


_CODES = {"dequeue": (40130, 40131, 40132), "conference": (40143, 40137, 40141)}
"""Codes for an Activity that does not exist, for no address of the Worker, and for what is no caller ID."""


def _find_connection_fault(
    transaction: Transaction, reservation: Reservation, name: str, document: dict[str, Any]
) -> ReplyFault | None:
    """Return the first reason why the Worker cannot be connected with the caller; None if there is none."""
    post_work, address, caller_id = _CODES[name]
    activity_sid = document.get("post_work_activity_sid")
    if activity_sid is not None and not _is_activity(transaction, activity_sid):
        return ReplyFault(post_work, f"{name}: there is no activity {str(activity_sid)[:80]!r}")
    if _address(transaction, reservation, document) is None:
        return ReplyFault(address, f"{name}: no `to`, and the Worker has no contact_uri")
    if not _is_caller_id(document):
        return ReplyFault(caller_id, f"{name}: `from` is no caller ID")
    return call_status.find_fault(name, document)


def _is_activity(transaction: Transaction, sid: object) -> bool:
    return isinstance(sid, str) and sid in transaction.state.activities


def _address(transaction: Transaction, reservation: Reservation, document: dict[str, Any]) -> str | None:
    worker = transaction.state.workers[reservation.worker_sid]
    to = document.get("to") or decode(worker.attributes).get("contact_uri")
    return to if isinstance(to, str) and to else None


def _is_caller_id(document: dict[str, Any]) -> bool:
    """Return True if ``from`` is text or missing: then the Worker sees the number that was dialled (reference 7.4)."""
    return _is_text(document.get("from", "the number dialled"))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _call_worker(
    transaction: Transaction, reservation: Reservation, name: str, document: dict[str, Any], sids: dict[str, str]
) -> None:
    """Start a simulated call to the Worker; the call of an earlier instruction ends."""
    call_status.hang_up(transaction, reservation)
    to = _address(transaction, reservation, document)
    reservation.call = {**document, "to": to, "instruction": name, "simulated": True}
    task = transaction.state.tasks[reservation.task_sid]
    _add_attributes(transaction, task, _attributes_of(sids))
    call_status.ring(transaction, reservation, sids)
    caller = caller_of(transaction, task)
    if caller is None or caller.worker_answers:
        answer_phone(transaction, reservation)
    else:
        ring(transaction, caller, reservation, _ring_seconds(document))


def answer_phone(transaction: Transaction, reservation: Reservation) -> None:
    """Answer the Worker's phone: ``dequeue`` and ``conference`` accept, ``call`` runs the TwiML of its URL."""
    call_status.pick_up(transaction, reservation)
    document = reservation.call or {}
    caller = caller_of(transaction, transaction.state.tasks[reservation.task_sid])
    connects = document["instruction"] != "call"
    if caller is not None and not connects:
        _run_worker_call(transaction, reservation, document)
    # While the phone rang, the application may have accepted.
    if reservation.reservation_status == "pending" and (connects or _is_true(document.get("accept"))):
        accept(transaction, reservation)
    if caller is not None and connects:
        talk(transaction, caller, reservation)


def _run_worker_call(transaction: Transaction, reservation: Reservation, document: dict[str, Any]) -> None:
    """Ask the application what the Worker who answered a ``call`` hears."""
    worker_call = transaction.new(
        PhoneCall,
        document["line"]["worker_call_sid"],
        from_number=document["from"],
        to_number=document["to"],
        direction="outbound-api",
        status="in-progress",
        answered_at=transaction.now,
    )
    ask(transaction, worker_call, document["url"])


def _ring_seconds(document: dict[str, Any]) -> int:
    """Return how long a Worker's phone rings (reference 7.4)."""
    with suppress(TypeError, ValueError):
        return min(max(int(document["timeout"]), 1), _LONGEST_RING) if document.get("timeout") else _RING_SECONDS
    return _RING_SECONDS


def _attributes_of(sids: dict[str, str]) -> dict[str, Any]:
    if "conference_sid" not in sids:
        return dict(sids)
    participants = {"worker": sids["worker_call_sid"], "customer": sids["customer_call_sid"]}
    return {"conference": {"sid": sids["conference_sid"], "participants": participants}}


def _add_attributes(transaction: Transaction, task: Task, more: dict[str, Any]) -> None:
    task.attributes = msgspec.json.encode({**decode(task.attributes), **more}).decode()
    task.version += 1
    transaction.save(task)
    emit_task(transaction, task, "task.updated", f"Task {task.sid} updated")


def _is_true(value: object) -> bool:
    return value is True or str(value).lower() in ("true", "1", "yes")
