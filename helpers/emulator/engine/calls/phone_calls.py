"""Commands on simulated calls: what a caller and a Worker do with their phones, and the application's TwiML."""

from __future__ import annotations

from ..callbacks import call_status
from ..callbacks.callback_reply import ReplyContent
from ..callbacks.caller import end, leave_queue, note
from ..callbacks.voice_request import ask
from ..commands.instruction_commands import answer_phone
from ..model.refusals import Invalid
from ..model.resources import PhoneCall, Reservation
from ..model.twiml import Verb
from ..routing.transitions import cancel_reservation, complete_task, wrap_task
from ..transaction import Transaction
from .call_script import abandon, finish_gather, run, run_document

__all__ = ["dial", "hang_up", "pass_call_deadline", "pick_up", "press", "take_reply"]

_KEYS, _MOST_KEYS = frozenset("0123456789*#"), 1000


def dial(
    transaction: Transaction,
    *,
    from_number: str,
    to_number: str,
    url: str | None = None,
    twiml: tuple[Verb, ...] | None = None,
    method: str = "POST",
    digits: str = "",
    places: dict[str, str] | None = None,
    worker_answers: bool = True,
    status_callback: str | None = None,
) -> PhoneCall:
    """Call one of the application's numbers.

    Args:
        url: where the number leads; without it ``twiml`` is run.
        digits: keys to press as soon as TwiML asks for some.
        worker_answers: let a Worker's phone be answered as soon as it rings.

    Raises:
        Invalid: a key is none of a phone's.
    """
    call = transaction.new(
        PhoneCall,
        from_number=from_number,
        to_number=to_number,
        keys=_keys(digits),
        places=places or {},
        worker_answers=worker_answers,
        status_callback=status_callback,
    )
    note(call, f"Calling: {to_number}")
    transaction.save(call)
    if url is not None:
        ask(transaction, call, url, method)
    else:
        _answer_call(transaction, call)
        run_document(transaction, call, twiml or ())
    return call


def take_reply(transaction: Transaction, sid: str, turn: int, reply: ReplyContent | None) -> None:
    """Go on with the TwiML in a reply; without a valid one the call ends, or its caller waits in silence.

    A reply to an earlier request, or for a caller who hung up or talks by now, changes nothing.
    """
    call = transaction.state.phone_calls.get(sid)
    if call is None or call.turn != turn or call.stage != "asking":
        return
    if reply is not None:
        _answer_call(transaction, call)
        run_document(transaction, call, reply.twiml)
    elif call.queue is not None:
        note(call, "The application gave no TwiML.")
        call.stage = "waiting"
        transaction.save(call)
    else:
        note(call, "The application gave no TwiML.")
        end(transaction, call, "failed" if call.answered_at is None else "completed")


def press(transaction: Transaction, sid: str, digits: str) -> PhoneCall:
    """Press keys of the caller's phone.

    Raises:
        NotFound: there is no such call. Invalid: it is over, or there is no such key, or there are too many.
    """
    call = _open_call(transaction, sid)
    call.keys, call.turns_at_once = _keys(call.keys + digits), 0
    if call.stage == "gathering":
        finish_gather(transaction, call, is_over=False)
        run(transaction, call)
    transaction.save(call)
    return call


def pick_up(transaction: Transaction, sid: str) -> PhoneCall:
    """Answer the Worker's phone, which rings for this caller.

    Raises:
        NotFound: there is no such call. Invalid: it is over, or no phone rings for it.
    """
    call = _open_call(transaction, sid)
    answer_phone(transaction, _ringing(transaction, call))
    return call


def hang_up(transaction: Transaction, sid: str, party: str = "caller") -> PhoneCall:
    """Hang up: the caller, or the Worker, who can also decline while the phone rings.

    Raises:
        NotFound: there is no such call. Invalid: it is over, or no Worker is on it.
    """
    call = _open_call(transaction, sid)
    if party == "worker":
        _hang_up_worker(transaction, call)
    else:
        _hang_up_caller(transaction, call)
    return call


def pass_call_deadline(transaction: Transaction, call: PhoneCall) -> None:
    """Go on with a call for which the time of something is over; one that ended a day ago is removed."""
    call.turns_at_once = 0
    if call.stage == "over":
        transaction.delete(call)
        return
    if call.ring_ends is not None and call.ring_ends <= transaction.now:
        _decline(transaction, call, "no-answer")
        return
    if call.stage == "gathering":
        finish_gather(transaction, call, is_over=True)
    elif call.stage == "freed":
        leave_queue(transaction, call, "bridged")
    else:
        call.stage, call.stage_ends = "running", None
    run(transaction, call)


def _answer_call(transaction: Transaction, call: PhoneCall) -> None:
    """Answer the caller, as the first verb of a document does; ``<Reject>`` is the exception."""
    if call.answered_at is None:
        call.status, call.answered_at = "in-progress", transaction.now


def _hang_up_caller(transaction: Transaction, call: PhoneCall) -> None:
    note(call, "The caller hung up." if call.direction == "inbound" else "The Worker hung up.")
    was_talking = call.stage == "talking"
    abandon(transaction, call)
    if was_talking:
        _end_talk(transaction, call)


def _hang_up_worker(transaction: Transaction, call: PhoneCall) -> None:
    if call.stage == "talking":
        note(call, "The Worker hung up.")
        _end_talk(transaction, call)
    else:
        _decline(transaction, call, "busy")


def _end_talk(transaction: Transaction, call: PhoneCall) -> None:
    """End the Worker's end of a talk, and have the Task wrapped up, or completed if Workers have one at a time."""
    reservation = transaction.state.reservations.get(call.reservation_sid or "")
    if reservation is None:
        return
    task = transaction.state.tasks[reservation.task_sid]
    if task.assignment_status == "assigned" and transaction.state.workspace.multi_task_enabled:
        wrap_task(transaction, task, None)
    elif task.assignment_status == "assigned":
        complete_task(transaction, task, None)


def _decline(transaction: Transaction, call: PhoneCall, status: str) -> None:
    """End the ringing of a Worker's phone, which fails the instruction: a pending Reservation is canceled."""
    reservation = _ringing(transaction, call)
    note(call, {"busy": "The Worker declined.", "no-answer": "The Worker's phone rang out."}[status])
    call_status.hang_up(transaction, reservation, status)
    if reservation.reservation_status == "pending":
        cancel_reservation(transaction, reservation)
    else:  # the application accepted it meanwhile
        transaction.save(reservation)


def _ringing(transaction: Transaction, call: PhoneCall) -> Reservation:
    reservation = transaction.state.reservations.get(call.reservation_sid or "")
    if call.ring_ends is None or reservation is None:
        raise Invalid(f"No Worker's phone rings for call {call.sid}", f"Its stage is {call.stage}.")
    return reservation


def _open_call(transaction: Transaction, sid: str) -> PhoneCall:
    call = transaction.find(transaction.state.phone_calls, sid)
    if call.stage == "over":
        raise Invalid(f"Call {sid} is over", f"Its status is {call.status}.")
    return call


def _keys(digits: str) -> str:
    if strange := set(digits) - _KEYS:
        raise Invalid(f"{sorted(strange)[0]!r} is no key of a phone: use 0 to 9, * and #")
    if len(digits) > _MOST_KEYS:
        raise Invalid(f"{len(digits)} keys are waiting; {_MOST_KEYS} at most")
    return digits
