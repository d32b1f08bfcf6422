"""Caller's end of a simulated call: waiting in a queue, talking, and the end."""

from __future__ import annotations

from ..model.attributes import decode
from ..model.resources import PhoneCall, Reservation, Task
from ..model.twiml import Verb
from ..transaction import Transaction
from .voice_request import ask, tell, tell_end

__all__ = [
    "ask_for_music",
    "caller_of",
    "end",
    "enter_queue",
    "free",
    "leave_queue",
    "note",
    "redirect",
    "ring",
    "talk",
]

_MOST_TOLD = 200
"""Limit of the lines that a call keeps."""


def note(call: PhoneCall, line: str) -> None:
    """Add a line to what the call tells of itself."""
    call.told = [*call.told, line[:400]][-_MOST_TOLD:]


def caller_of(transaction: Transaction, task: Task) -> PhoneCall | None:
    """Return the simulated call that a Task is about, if it still waits; None for a Task made by REST."""
    call = transaction.state.phone_calls.get(str(decode(task.attributes).get("call_sid")))
    waits = call is not None and call.task_sid == task.sid and call.queue is not None and call.queue_left is None
    return call if waits else None


def enter_queue(transaction: Transaction, call: PhoneCall, verb: Verb, task: Task) -> None:
    """Let a call wait for a Worker, and ask the ``waitUrl`` of ``<Enqueue>`` what its caller hears."""
    call.task_sid, call.queue, call.queue_url, call.queue_script = task.sid, verb, call.url, call.script
    call.queue_entered, call.queue_left = transaction.now, None
    call.script, call.stage, call.stage_ends = [], "waiting", None
    note(call, f"Queued: {task.sid}")
    ask_for_music(transaction, call)


def ask_for_music(transaction: Transaction, call: PhoneCall) -> None:
    """Ask for the TwiML that a waiting caller hears, if there is a URL for it."""
    attributes = {} if call.queue is None else call.queue.attributes
    if not attributes.get("waitUrl"):
        return
    waiting = sorted(
        (each.queue_entered or 0, each.number)
        for each in transaction.state.phone_calls.values()
        if each.queue_left is None and each.queue is not None and _queue_sid(each) == _queue_sid(call)
    )
    more = {
        "QueueSid": _queue_sid(call),
        "QueuePosition": str(waiting.index((call.queue_entered or 0, call.number)) + 1),
        "CurrentQueueSize": str(len(waiting)),
        "QueueTime": str(_seconds_queued(transaction, call)),
        "AvgQueueTime": "0",
    }
    call.url = call.queue_url
    ask(transaction, call, attributes["waitUrl"], attributes.get("waitUrlMethod"), more)


def ring(transaction: Transaction, call: PhoneCall, reservation: Reservation, seconds: int) -> None:
    """Let a Worker's phone ring for the waiting caller, until :func:`talk`, :func:`free` or the time is over."""
    call.reservation_sid, call.ring_ends = reservation.sid, transaction.now + seconds * 1000
    note(call, f"Ringing: {_worker_name(transaction, reservation)}")
    transaction.save(call)


def talk(transaction: Transaction, call: PhoneCall, reservation: Reservation) -> None:
    """Connect the waiting caller with the Worker of a Reservation."""
    call.script, call.gather, call.stage, call.stage_ends = [], None, "talking", None
    call.reservation_sid, call.ring_ends, call.queue_left = reservation.sid, None, transaction.now
    note(call, f"Talking: {_worker_name(transaction, reservation)}")
    transaction.save(call)


def free(transaction: Transaction, reservation: Reservation) -> None:
    """Let the caller go whose phone call to a Worker ended: back into the queue, or on after the talk.

    Only the next timer, which is due now, goes on with the caller's TwiML.
    """
    task = transaction.state.tasks.get(reservation.task_sid)
    call = None if task is None else transaction.state.phone_calls.get(str(decode(task.attributes).get("call_sid")))
    if call is None or call.reservation_sid != reservation.sid:
        return
    if call.stage == "talking":
        call.stage, call.stage_ends = "freed", transaction.now
    elif call.queue is not None:
        call.reservation_sid, call.ring_ends = None, None
    transaction.save(call)


def leave_queue(transaction: Transaction, call: PhoneCall, result: str) -> None:
    """Lead a call out of its queue: to the ``action`` of ``<Enqueue>``, else to the next verb.

    Args:
        result: Twilio's ``QueueResult``.
    """
    attributes = {} if call.queue is None else call.queue.attributes
    more = {"QueueResult": result, "QueueSid": _queue_sid(call), "QueueTime": str(_seconds_queued(transaction, call))}
    call.url, call.script, call.stage, call.stage_ends = call.queue_url, call.queue_script, "running", None
    call.queue, call.queue_script, call.gather, call.ring_ends = None, [], None, None
    if attributes.get("action"):
        tells = tell if call.status == "completed" else ask
        tells(transaction, call, attributes["action"], attributes.get("method"), more)
    transaction.save(call)


def redirect(transaction: Transaction, call: PhoneCall, url: str) -> None:
    """Take a waiting call to other TwiML."""
    note(call, f"Redirected: {url}")
    call.queue, call.queue_script, call.gather, call.ring_ends = None, [], None, None
    ask(transaction, call, url)


def end(transaction: Transaction, call: PhoneCall, status: str = "completed") -> None:
    """End a call, which stays on record for a day."""
    note(call, "Over.")
    call.status, call.stage, call.stage_ends, call.ring_ends = status, "over", None, None
    call.script, call.queue, call.queue_script, call.gather = [], None, [], None
    call.ended_at = transaction.now
    transaction.save(call)
    tell_end(transaction, call)


def _queue_sid(call: PhoneCall) -> str:
    """Return the SID of the voice queue that belongs to a Workflow."""
    return f"QU{(call.queue.attributes['workflowSid'] if call.queue else '')[2:]}"


def _seconds_queued(transaction: Transaction, call: PhoneCall) -> int:
    left = transaction.now if call.queue_left is None else call.queue_left
    return (left - (call.queue_entered or left)) // 1000


def _worker_name(transaction: Transaction, reservation: Reservation) -> str:
    return transaction.state.workers[reservation.worker_sid].friendly_name
