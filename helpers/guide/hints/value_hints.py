"""Advice on the value of a parameter: JSON, statuses, numbers, URLs, expressions."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from helpers.emulator.engine.model.statuses import (
    RESERVATION_BY_REQUEST,
    RESERVATION_MOVES,
    TASK_BY_REQUEST,
    TASK_MOVES,
)
from helpers.emulator.expressions import ExpressionError, Scope, parse
from helpers.guide.hints.twilio_error import Refusal
from helpers.wire import Exchange

__all__ = [
    "broken_json",
    "malformed_expression",
    "misshapen_configuration",
    "misspelt_status",
    "names_as_json",
    "not_a_number",
    "not_a_url",
    "not_an_object",
    "unknown_channel",
]

_JSON = ("Attributes", "Configuration")
_SHOWN = 3
_SETTABLE = {
    "ReservationStatus": tuple(dict.fromkeys(chain(*RESERVATION_BY_REQUEST.values()))),
    "AssignmentStatus": tuple(dict.fromkeys(chain(*TASK_BY_REQUEST.values()))),
}
_LISTED = {"ReservationStatus": tuple(RESERVATION_MOVES), "AssignmentStatus": tuple(TASK_MOVES)}
_SPELT = {
    "accept": "accepted",
    "reject": "rejected",
    "cancel": "canceled",
    "cancelled": "canceled",
    "done": "completed",
    "waiting": "pending",
}
_CALL = "`workspace.tasks(task.sid).reservations(reservation.sid).update(reservation_status={!r})`."
_OF_RESERVATION = {
    "accepted": f"You don't accept the Task, but one of its Reservations: {_CALL.format('accepted')}",
    "rejected": f"You don't reject the Task, but one of its Reservations: {_CALL.format('rejected')}",
    "assigned": f"A Task becomes assigned when you accept one of its Reservations: {_CALL.format('accepted')}",
}
"""Advice on statuses that a Task gets through its Reservation."""

_SECONDS = {"Timeout": "seconds", "TaskReservationTimeout": "seconds", "Minutes": "minutes"}
_NUMBERS = (*_SECONDS, "Priority", "Capacity", "MaxReservedWorkers", "PageSize")
_UNITS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}


def names_as_json(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on plain words where JSON is expected: of a dict, the SDK sends only the keys."""
    for name in _JSON:
        values = [value for key, value in _parameters(refused, exchange) if key == name]
        plain = [value for value in values if re.fullmatch(r"[A-Za-z_][\w ]*", value) and value != "null"]
        if plain and (plain == values or _read(values[-1]) is None):
            parameter = name.lower()
            more = "&…" if len(values) > _SHOWN else ""
            received = "&".join(f"{name}={value}" for value in values[:_SHOWN]) + more
            return (
                f"TaskRouter received {received}, which isn't JSON. If you passed a dict or a list, the SDK sent "
                f"only its keys or items. Write `{parameter}=json.dumps({{...}})`."
            )
    return None


def broken_json(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on text that stops being JSON, with the place."""
    for name, value in _parameters(refused, exchange):
        if name not in _JSON:
            continue
        try:
            json.loads(value)
        except ValueError as error:
            position = getattr(error, "pos", 0)
            seen = value[position : position + 12]
            quotes = " JSON uses double quotes." if seen.startswith("'") else ""
            place = f"at character {position + 1}, before `{seen}`" if seen else "at its end: something is missing"
            return f"`{name.lower()}` stops being valid JSON {place}.{quotes} Write it with `json.dumps({{...}})`."
    return None


def not_an_object(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on attributes that are JSON, but not an object."""
    for name, value in _parameters(refused, exchange):
        if name == "Attributes" and not isinstance(_read(value), dict):
            return 'Attributes must be a JSON object: `attributes=json.dumps({"selected_language": "es"})`.'
    return None


def misshapen_configuration(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on a Workflow's configuration of the wrong shape, or with a TaskQueue that doesn't exist."""
    if not refused.message.startswith("Configuration") or "Configuration" not in dict(_parameters(refused, exchange)):
        return None
    return (
        'A configuration looks like this, with a TaskQueue\'s SID in each target: `json.dumps({"task_routing": '
        '{"filters": [{"expression": \'selected_language == "es"\', "targets": [{"queue": '
        "story.spanish_queue_sid}]}]}})`."
    )


def unknown_channel(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on a TaskChannel that doesn't exist."""
    for name, value in _parameters(refused, exchange):
        if name == "TaskChannel" and f"TaskChannel {value} " in refused.message:
            return (
                "`task_channel` is a TaskChannel's unique name or SID. `workspace.task_channels.list()` lists them. "
                "Without it, a Task is on `default`."
            )
    return None


def misspelt_status(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on a status that can't be set, or that a list can't be filtered by."""
    for name, value in _parameters(refused, exchange):
        allowed = (_SETTABLE if exchange and exchange.method == "POST" else _LISTED).get(name, ())
        if not allowed or value in allowed:
            continue
        spelt = _SPELT.get(value.lower(), value.lower())
        if name == "AssignmentStatus" and allowed == _SETTABLE[name] and spelt in _OF_RESERVATION:
            return _OF_RESERVATION[spelt]
        known = spelt in _LISTED[name] and spelt not in allowed  # spelled right, but a request can't set it
        if not known and (close := difflib.get_close_matches(spelt, allowed, n=1)):
            return f"Write `{_snake(name)}={close[0]!r}`. A status names the state you want, in lowercase: {close[0]}."
        rest = ". TaskRouter sets the other statuses itself" if allowed == _SETTABLE[name] else ""
        return f"`{_snake(name)}` can be {', '.join(allowed)}{rest}."
    return None


def not_a_number(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on text where a number is expected; ``2 minutes`` is converted."""
    for name, value in _parameters(refused, exchange):
        if name not in _NUMBERS or re.fullmatch(r"-?\d+", value):
            continue
        parameter, unit = _snake(name), _SECONDS.get(name)
        amount = re.fullmatch(r"(\d+) *([a-z]+?)(?:ours?|inutes?|econds?|ays?)?s?", value.strip().lower())
        if unit == "seconds" and amount and amount[2] in _UNITS:
            return f"`{parameter}` is a number of seconds: `{parameter}={int(amount[1]) * _UNITS[amount[2]]}`."
        if name == "Timeout" and exchange and exchange.path.endswith("/Tasks") and not amount:
            return (
                f"`timeout` is a number of seconds, but you passed {value!r}. If you didn't name the parameter: the "
                "first one of `tasks.create` is `timeout`. Write its name, for example "
                "`attributes=json.dumps({...})`."
            )
        if name == "Priority":
            return (
                "`priority` is a whole number, for example `priority=10`. The Task with the highest priority goes "
                "first."
            )
        kind, example = (f"number of {unit}", 60) if unit else ("number", 2)
        return f"`{parameter}` is a whole {kind}, for example `{parameter}={example}`."
    return None


def not_a_url(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on a URL without scheme or host."""
    for name, value in _parameters(refused, exchange):
        if name.endswith(("Url", "URL")) and value and not re.match(r"https?://[^/]", value):
            example = "events_url" if name.startswith("Event") else "assignment_url"
            return f"`{_snake(name)}` is a complete URL with http:// or https://, for example `listener.{example}`."
    return None


_WORKERS, _TASKS = "workspace.workers.list()", "workspace.tasks.list()"
_TRIED_ON = {Scope.WORKER: _WORKERS, Scope.TASK: _TASKS, Scope.TARGET: f"{_WORKERS}, {_TASKS}"}


def malformed_expression(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on an expression that doesn't parse."""
    for text, scope in _expressions(refused, exchange):
        try:
            parse(text, scope=scope)
        except ExpressionError as error:
            said = error.suggestion or 'Compare it with `languages HAS "es"`: names have no quotes, text has quotes.'
            is_new = exchange is None or said not in exchange.hint
            look = f"`try_expression(…, {_TRIED_ON[scope]})` shows where it stops being valid."
            return f"This isn't a valid expression. {f'{said} ' if is_new else ''}{look}"
    return None


def _expressions(refused: Refusal, exchange: Exchange | None) -> Iterator[tuple[str, Scope]]:
    for name, value in _parameters(refused, exchange):
        if name in ("TargetWorkers", "TargetWorkersExpression"):
            yield value, Scope.WORKER
        elif name == "Configuration":
            yield from _in_configuration(_read(value))


def _in_configuration(value: Any) -> Iterator[tuple[str, Scope]]:
    """Yield every expression, however deep, with its scope; an object that names a queue is a target."""
    if isinstance(value, dict):
        if isinstance(value.get("expression"), str):
            yield value["expression"], Scope.TARGET if "queue" in value else Scope.TASK
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _in_configuration(each)


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _parameters(refused: Refusal, exchange: Exchange | None) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a request that was refused with 400, where a value can be the reason."""
    yield from exchange.parameters if exchange and refused.status == 400 else ()


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
