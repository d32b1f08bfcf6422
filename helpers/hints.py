"""From a refusal by TaskRouter to words a learner can act on. Pure: nothing is asked or changed."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator

from twilio.base.exceptions import TwilioException

from .refusal import Refusal, read_refusal
from .wire import Exchange

__all__ = ["explain", "hint"]

KINDS = {
    "WS": "Workspace",
    "WA": "Activity",
    "WK": "Worker",
    "WQ": "TaskQueue",
    "WW": "Workflow",
    "WT": "Task",
    "WR": "Reservation",
    "TC": "TaskChannel",
    "WC": "WorkerChannel",
    "EV": "Event",
}
_PLURALS = {
    "WS": "client.taskrouter.v1.workspaces",
    "WA": "workspace.activities",
    "WK": "workspace.workers",
    "WQ": "workspace.task_queues",
    "WW": "workspace.workflows",
    "WT": "workspace.tasks",
    "WR": "task.reservations",
    "TC": "workspace.task_channels",
    "WC": "worker.worker_channels",
    "EV": "workspace.events",
}
_PREFIX_OF = {
    "ActivitySid": "WA",
    "DefaultActivitySid": "WA",
    "TimeoutActivitySid": "WA",
    "ReservationActivitySid": "WA",
    "AssignmentActivitySid": "WA",
    "WorkerActivitySid": "WA",
    "WorkerSid": "WK",
    "TaskQueueSid": "WQ",
    "WorkflowSid": "WW",
    "TaskSid": "WT",
    "ReservationSid": "WR",
}
_STATUSES = {
    "ReservationStatus": ("accepted", "rejected", "canceled", "completed", "wrapping"),
    "AssignmentStatus": ("canceled", "wrapping", "completed"),
}
_SPELT = {"accept": "accepted", "reject": "rejected", "cancel": "canceled", "cancelled": "canceled"}
_JSON = ("Attributes", "Configuration")
_SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}")


def explain(error: BaseException, exchange: Exchange | None = None) -> str:
    """Twilio's status, code and message, what the emulator knows beside them, and what a learner can do about it.

    Args:
        exchange: the request that was refused, if it is known: it shows what was really sent.
    """
    refused = read_refusal(error)
    if refused is None:
        return _unanswered(error)
    exchange = exchange if exchange and exchange.status == refused.status else None
    lines = [f"TaskRouter refused this request: {refused.status}, code {refused.code}. {refused.message}"]
    if exchange and exchange.hint:
        lines.append(f"The emulator adds: {exchange.hint}")
    advice = hint(refused, exchange)
    lines.append(f"What to do: {advice}" if advice else f"More about this code: {_docs(refused.code)}")
    return "\n".join(lines)


def hint(refused: Refusal, exchange: Exchange | None = None) -> str | None:
    """The first piece of advice that fits, most specific first; None if nothing does."""
    for rule in _RULES:
        if advice := rule(refused, exchange):
            return advice
    return None


def _credentials(refused: Refusal, exchange: Exchange | None) -> str | None:
    if refused.status != 401:
        return None
    return (
        "the Account SID and the Auth Token do not belong together. Use the client of `connect()`, or in live mode "
        "copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN again from your Twilio console."
    )


def _dict_as_json(refused: Refusal, exchange: Exchange | None) -> str | None:
    for name in _JSON:
        values = [value for key, value in _parameters(exchange) if key == name]
        if values and all(re.fullmatch(r"[A-Za-z_]\w*", value) for value in values) and values != ["null"]:
            parameter = name.lower()
            return (
                f"`{parameter}` was a dict, and of a dict the SDK sends only the keys: TaskRouter received "
                f"{name}={values[0]}. Send text: `{parameter}=json.dumps({{...}})`."
            )
    return None


def _broken_json(refused: Refusal, exchange: Exchange | None) -> str | None:
    for name, value in _parameters(exchange):
        if name not in _JSON:
            continue
        try:
            json.loads(value)
        except ValueError as error:
            position = getattr(error, "pos", 0)
            seen = value[position : position + 12]
            quotes = " JSON wants double quotes." if seen.startswith("'") else ""
            place = f"at character {position + 1}, before `{seen}`" if seen else "at its end: something is missing"
            return f"`{name.lower()}` stops being JSON {place}.{quotes} Let `json.dumps({{...}})` write it."
    return None


def _not_a_sid(refused: Refusal, exchange: Exchange | None) -> str | None:
    for name, value in _parameters(exchange):
        prefix = _PREFIX_OF.get(name)
        if prefix is None or (value.startswith(prefix) and _SID.fullmatch(value)):
            continue
        seen = f"{_snake(name)} expects the SID of {_a(KINDS[prefix])} ({prefix} and 32 hex digits)"
        if _SID.fullmatch(value) and value[:2] in KINDS:
            return f"{seen}; {value[:6]}… is the SID of {_a(KINDS[value[:2]])}."
        return f"{seen}; {value!r} is a name. Look the SID up: `{_look_up(prefix, value)}`."
    return None


def _unknown_sid(refused: Refusal, exchange: Exchange | None) -> str | None:
    for name, value in _parameters(exchange):
        if refused.status == 400 and name in _PREFIX_OF and _SID.fullmatch(value) and value in refused.message:
            return _gone(_PREFIX_OF[name])
    return None


def _status_word(refused: Refusal, exchange: Exchange | None) -> str | None:
    for name, value in _parameters(exchange):
        allowed = _STATUSES.get(name, ()) if exchange and exchange.method == "POST" else ()
        if not allowed or value in allowed:
            continue
        close = difflib.get_close_matches(value, allowed, n=1)
        meant = _SPELT.get(value) or (close[0] if close else None)
        parameter = _snake(name)
        if name == "AssignmentStatus" and (status := _SPELT.get(value, value)) in ("accepted", "rejected"):
            return _of_the_reservation(status)
        if meant:
            return f"write `{parameter}={meant!r}`: a status says what shall be true, so it is {meant}, not {value}."
        return f"`{parameter}` takes {', '.join(allowed)}; TaskRouter itself sets every other status."
    return None


def _of_the_reservation(status: str) -> str:
    return (
        f"not the Task, but one of its Reservations is {status}: "
        f"`workspace.tasks(task.sid).reservations(reservation.sid).update(reservation_status={status!r})`."
    )


def _not_found(refused: Refusal, exchange: Exchange | None) -> str | None:
    path = exchange.path if exchange and exchange.status == 404 else refused.path
    identifiers = path.partition("/Workspaces/")[2].split("/")[::2]
    if refused.status != 404 or not identifiers[-1]:
        return None
    last = identifiers[-1]
    if _SID.fullmatch(last) and last[:2] in KINDS:
        return _gone(last[:2])
    if path.endswith(f"Channels/{last}"):
        return _no_channel(last)
    return f"{last!r} is no SID. A SID is two letters and 32 hex digits, such as `worker.sid` or `task.sid`."


def _no_channel(name: str) -> str:
    return (
        f"no channel is called {name!r} here, or what it belongs to is gone. See what there is with "
        "`workspace.task_channels.list()`; after a clean-up run the set-up cells again."
    )


def _gone(prefix: str) -> str:
    kind = KINDS[prefix]
    ended = " A Task is gone five minutes after it was completed or canceled." if prefix == "WT" else ""
    return (
        f"no {kind} has this SID here.{ended} It may come from an earlier run: run the set-up cells again, or see "
        f"what there is with `{_PLURALS[prefix]}.list()`."
    )


def _by_message(refused: Refusal, exchange: Exchange | None) -> str | None:
    message = refused.message.lower()
    return next((advice for part, advice in _MESSAGES if part in message), None)


def _too_many(refused: Refusal, exchange: Exchange | None) -> str | None:
    if refused.status == 429:
        return "too many requests at once. Wait a moment and run the cell again."
    if refused.status >= 500:
        return "the fault is not in your request. Run the cell again; if it stays, restart the kernel."
    return None


_MESSAGES = (
    ("already exist", "a name can be used once. Find what is there, `….list(friendly_name=…)`, and use its `sid`."),
    (
        "is not currently assigned",
        "accept the Task's Reservation first, `….reservations(sid).update(reservation_status='accepted')`; "
        "only an assigned Task can be completed.",
    ),
    ("not pending or reserved", "somebody works on this Task already: complete it instead of canceling it."),
    (
        "not currently in a pending state",
        "this Reservation has been answered, or its time ran out. See where it is with `reservation.fetch()`, "
        "and for a newer one look into `task.reservations.list()`.",
    ),
    ("precondition failed", "somebody changed it since you read it. Fetch it again, then update."),
    *(
        (
            message,
            'the expression does not parse. Compare it with `languages HAS "es"`: names without hyphens and quotes, '
            "text in quotes, != or NOT IN instead of ! and NOT. `try_expression` shows the place.",
        )
        for message in ("mismatched input", "extraneous input", "token recognition error", "no viable alternative")
    ),
)

_RULES: tuple[Callable[[Refusal, Exchange | None], str | None], ...] = (
    _credentials,
    _dict_as_json,
    _broken_json,
    _not_a_sid,
    _unknown_sid,
    _status_word,
    _not_found,
    _by_message,
    _too_many,
)


def _unanswered(error: BaseException) -> str:
    if isinstance(error, TwilioException):
        return f"The SDK could not send this request: {error}. Is the client that of `connect()`?"
    return (
        f"No answer from TaskRouter ({type(error).__name__}). Run the set-up cell again; in live mode check the "
        "network connection first."
    )


def _parameters(exchange: Exchange | None) -> Iterator[tuple[str, str]]:
    yield from exchange.parameters if exchange else ()


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'AE' else 'a'} {noun}"


def _look_up(prefix: str, name: str) -> str:
    return f"next(x.sid for x in {_PLURALS[prefix]}.list() if x.friendly_name == {name!r})"


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _docs(code: int) -> str:
    return f"https://www.twilio.com/docs/api/errors/{code}"
