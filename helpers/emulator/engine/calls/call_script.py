"""TwiML of a call, run verb by verb until one has to wait (reference 12.2, 12.3).

``<Say>`` and ``<Play>`` are noted, and take no time. What isn't simulated is noted as passed over.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from ..callbacks.caller import ask_for_music, caller_of, end, enter_queue, leave_queue, note, talk
from ..callbacks.voice_request import ask, call_attributes
from ..commands import tasks
from ..model import defaults
from ..model.refusals import Refused
from ..model.resources import PhoneCall, Task
from ..model.statuses import WAITING
from ..model.twiml import Verb
from ..routing.transitions import accept, cancel_task
from ..transaction import Transaction

__all__ = ["abandon", "finish_gather", "run", "run_document"]

_GATHER_SECONDS = 5
_PAUSE_SECONDS = 1
_VOICE = "voice"


def run_document(transaction: Transaction, call: PhoneCall, verbs: tuple[Verb, ...]) -> None:
    """Run a document from its beginning."""
    call.script, call.stage = list(verbs), "running"
    run(transaction, call)


def run(transaction: Transaction, call: PhoneCall) -> None:
    """Run the verbs that are left. After the last one the call ends; one in a queue goes on waiting.

    What a waiting caller hears is asked for again only if it took time: else that would never end.
    """
    while call.stage == "running" and call.script:
        verb, call.script = call.script[0], call.script[1:]
        _VERBS.get(verb.name, _pass_over)(transaction, call, verb)
    if call.stage == "running" and call.queue is None:
        end(transaction, call)
    elif call.stage == "running":
        call.stage = "waiting"
        if not call.turns_at_once:
            ask_for_music(transaction, call)
    transaction.save(call)


def abandon(transaction: Transaction, call: PhoneCall) -> None:
    """End a call from the caller's end; its Task is canceled if nobody has accepted it."""
    call.status = "completed"
    waited = call.queue is not None and call.queue_left is None
    if call.queue is not None:
        leave_queue(transaction, call, "hangup" if waited else "bridged")
    end(transaction, call)
    task = transaction.state.tasks.get(call.task_sid or "")
    if waited and task is not None and task.assignment_status in WAITING:
        cancel_task(transaction, task, "hangup")


def finish_gather(transaction: Transaction, call: PhoneCall, *, is_over: bool) -> None:
    """Send the keys of a ``<Gather>`` if they are complete; if its time ``is_over``, those that there are."""
    gather = call.gather or Verb("Gather")
    taken = _take_keys(gather, call.keys, is_over=is_over)
    if taken is None:
        return
    digits, call.keys = taken
    call.gather, call.stage, call.stage_ends = None, "running", None
    note(call, f"Keys: {digits or 'none'}")
    if digits or gather.attributes.get("actionOnEmptyResult") == "true":
        url = gather.attributes.get("action") or call.url
        ask(transaction, call, url, gather.attributes.get("method"), {"Digits": digits})


def _tell_caller(transaction: Transaction, call: PhoneCall, verb: Verb) -> None:
    if verb.name in ("Say", "Play"):
        note(call, f"{verb.name}: {verb.text}")
    else:
        _pass_over(transaction, call, verb)


def _pass_over(transaction: Transaction, call: PhoneCall, verb: Verb) -> None:
    note(call, f"{verb.name}: not simulated, passed over")


def _pause(transaction: Transaction, call: PhoneCall, verb: Verb) -> None:
    seconds = _number(transaction, call, verb, "length", _PAUSE_SECONDS)
    call.stage, call.stage_ends = "pausing", transaction.now + seconds * 1000


def _gather(transaction: Transaction, call: PhoneCall, verb: Verb) -> None:
    for noun in verb.nouns:
        if noun.name != "Pause":
            _tell_caller(transaction, call, noun)
    seconds = _number(transaction, call, verb, "timeout", _GATHER_SECONDS)
    call.gather, call.stage, call.stage_ends = verb, "gathering", transaction.now + seconds * 1000
    finish_gather(transaction, call, is_over=False)


def _take_keys(gather: Verb, keys: str, *, is_over: bool) -> tuple[str, str] | None:
    """Return the keys that a ``<Gather>`` takes and those that are left; None if it waits for more."""
    finish, most = gather.attributes.get("finishOnKey", "#"), gather.attributes.get("numDigits", "")
    for count, key in enumerate(keys):
        if key in finish:
            return keys[:count], keys[count + 1 :]
        if most == str(count + 1):
            return keys[: count + 1], keys[count + 1 :]
    return (keys, "") if is_over else None


def _redirect(transaction: Transaction, call: PhoneCall, verb: Verb) -> None:
    note(call, f"Redirect: {verb.text}")
    ask(transaction, call, verb.text, verb.attributes.get("method"))


def _hang_up(transaction: Transaction, call: PhoneCall, verb: Verb) -> None:
    note(call, "Hangup")
    abandon(transaction, call)


def _reject(transaction: Transaction, call: PhoneCall, verb: Verb) -> None:
    note(call, "Reject")
    end(transaction, call, "busy" if verb.attributes.get("reason") == "busy" else "no-answer")


def _leave(transaction: Transaction, call: PhoneCall, verb: Verb) -> None:
    if call.queue is None:
        _pass_over(transaction, call, verb)
        return
    note(call, "Leave")
    leave_queue(transaction, call, "leave")


def _enqueue(transaction: Transaction, call: PhoneCall, verb: Verb) -> None:
    """Create the Task of a call, which waits from then on."""
    if "workflowSid" not in verb.attributes or call.queue is not None:
        _pass_over(transaction, call, verb)
        return
    task = _create_task(transaction, call, verb)
    if isinstance(task, Task):
        enter_queue(transaction, call, verb, task)
        return
    code, text = task
    note(call, f"Enqueue: {text}")
    transaction.alert(code, text, call.sid)
    call.queue, call.queue_url, call.queue_script = verb, call.url, call.script
    call.queue_entered = call.queue_left = transaction.now
    leave_queue(transaction, call, "error")


def _create_task(transaction: Transaction, call: PhoneCall, verb: Verb) -> Task | tuple[int, str]:
    """Return the new Task, or a debugger code and a sentence if it can't be created."""
    workflow_sid = verb.attributes["workflowSid"]
    if workflow_sid not in transaction.state.workflows:
        return 14220, f"there is no Workflow {workflow_sid[:80]!r} in this Workspace"
    noun = next((each for each in verb.nouns if each.name in ("Task", "TaskAttributes")), Verb("Task"))
    try:
        given = msgspec.json.decode(noun.text or "{}", type=dict[str, object])
        return tasks.create(
            transaction,
            attributes=msgspec.json.encode({**given, **call_attributes(call)}).decode(),
            workflow_sid=workflow_sid,
            task_channel=_VOICE,
            priority=_number(transaction, call, noun, "priority", defaults.PRIORITY),
            timeout=_number(transaction, call, noun, "timeout", defaults.TASK_TIMEOUT),
        )
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return 14221, "the text inside <Task> is not a JSON object"
    except Refused as refused:
        return 20001, f"the Task can't be created: {refused.message}"


def _dial(transaction: Transaction, call: PhoneCall, verb: Verb) -> None:
    """Accept a Reservation and connect its caller with the Worker, whose phone call this is; others aren't dialled."""
    noun = next((each for each in verb.nouns if each.name == "Queue" and "reservationSid" in each.attributes), None)
    if noun is None:
        _pass_over(transaction, call, verb)
        return
    sid = noun.attributes["reservationSid"]
    reservation = transaction.state.reservations.get(sid)
    if reservation is None or reservation.reservation_status != "pending":
        problem = 14217, f"there is no pending Reservation {sid[:80]!r}"
    elif (caller := caller_of(transaction, transaction.state.tasks[reservation.task_sid])) is None:
        problem = 14215, f"the Task of Reservation {sid} has no waiting caller"
    else:
        if "postWorkActivitySid" in noun.attributes:
            activity_sid = noun.attributes["postWorkActivitySid"]
            reservation.call = {**(reservation.call or {}), "post_work_activity_sid": activity_sid}
        note(call, f"Accepted: {sid}")
        accept(transaction, reservation)
        talk(transaction, caller, reservation)
        call.stage, call.reservation_sid = "talking", sid
        return
    note(call, f"Dial: {problem[1]}")
    transaction.alert(*problem, call.sid)


def _number(transaction: Transaction, call: PhoneCall, verb: Verb, name: str, default: int) -> int:
    """Return a whole number among a verb's attributes; one that can't be read counts as left out, with an alert."""
    text = verb.attributes.get(name, str(default))
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    transaction.alert(12200, f"{name} of <{verb.name}> is {text[:80]!r}; it must be a whole number", call.sid)
    return default


_VERBS: dict[str, Callable[[Transaction, PhoneCall, Verb], None]] = {
    "Say": _tell_caller,
    "Play": _tell_caller,
    "Pause": _pause,
    "Gather": _gather,
    "Redirect": _redirect,
    "Hangup": _hang_up,
    "Reject": _reject,
    "Leave": _leave,
    "Enqueue": _enqueue,
    "Dial": _dial,
}
