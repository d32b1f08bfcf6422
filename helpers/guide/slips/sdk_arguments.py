"""Advice on a call with the wrong arguments."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from difflib import get_close_matches

from helpers.guide.slips.known_classes import HELPERS, find_helper, find_helper_class, find_sdk_classes

__all__ = ["advise_on_call"]

_EXAMPLES = {
    "Connection.advance": "connection.advance(60)",
    "Listener.decide": "listener.decide(my_function)",
    "Listener.replay": 'listener.replay(listener.inbox.last, {"TaskPriority": "7"})',
    "RequestValidator.__init__": "RequestValidator(client.password)",
    "RequestValidator.compute_signature": "validator.compute_signature(listener.assignment_url, parameters)",
    "RequestValidator.validate": "validator.validate(listener.assignment_url, parameters, signature)",
    "at": "at(event)",
    "before": 'before(task, "created")',
    "catch_up": "catch_up(3)",
    "dumps": 'json.dumps({"selected_language": "es"})',
    "loads": "json.loads(task.attributes)",
    "check": 'check("3.1", ends_as, payload)',
    "compare": "compare(branch)",
    "explain": "explain(task)",
    "lifecycle": "lifecycle(task)",
    "show_console": "show_console(workspace)",
    "show_queues": "show_queues(workspace.task_queues.list())",
    "show_request": "show_request(listener.inbox.last)",
    "show_requests": "show_requests(listener.inbox)",
    "show_reservations": "show_reservations(workspace.tasks(task.sid).reservations.list())",
    "show_routing": "show_routing(workflow)",
    "show_sequence": "show_sequence(connection.wire, listener.inbox)",
    "show_tasks": "show_tasks(workspace.tasks.list())",
    "show_timeline": "show_timeline(workspace.events.list(task_sid=task.sid))",
    "show_wire": "show_wire(connection.wire)",
    "show_workers": "show_workers(workspace.workers.list())",
    "try_expression": "try_expression('languages HAS \"es\"', workspace.workers.list())",
}
"""Calls from the lessons of functions that take arguments and aren't the SDK's resources."""

_MEANT = {
    "name": "friendly_name",
    "activity": "activity_sid",
    "activity_name": "activity_sid",
    "available": "activity_sid",
    "workflow": "workflow_sid",
    "status": ("assignment_status", "reservation_status"),
    "expression": ("target_workers", "target_workers_expression"),
    "queue": "task_queue_sid",
    "channel": "task_channel",
    "languages": "attributes",
    "selected_language": "attributes",
    "filters": "configuration",
    "callback_url": "assignment_callback_url",
}
"""Names that people try, with the SDK's parameters that they mean."""

_NOTES = {
    "activity_sid": 'Pass an Activity by its SID: `activity_sid=story.activity_sids["Idle"]`.',
    "attributes": "Pass JSON text: `attributes=json.dumps({...})`.",
    "configuration": "Pass JSON text: `configuration=json.dumps({...})`.",
}

_MISPLACED = {
    ("Task", "reservation_status"): (
        "A Task has no `reservation_status`, but its Reservations have: "
        "`workspace.tasks(task.sid).reservations(reservation.sid).update(reservation_status=…)`."
    ),
    ("Reservation", "assignment_status"): (
        'A Reservation has `reservation_status`: `reservation.update(reservation_status="accepted")`. '
        "`assignment_status` belongs to the Task: "
        "`workspace.tasks(reservation.task_sid).update(assignment_status=…)`."
    ),
    ("Worker", "capacity"): (
        "Each channel of a Worker has its own capacity: "
        '`workspace.workers(worker.sid).worker_channels("chat").update(capacity=…)`.'
    ),
    ("Workflow", "max_reserved_workers"): (
        "`max_reserved_workers` belongs to the TaskQueue: "
        "`workspace.task_queues(queue.sid).update(max_reserved_workers=…)`."
    ),
}
"""Parameters that belong to another resource."""

_SHOWN = 8

_UNEXPECTED = re.compile(r"([\w.]+)\(\) got an unexpected keyword argument '(\w+)'")
_MISSING = re.compile(r"([\w.]+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.+)")
_TOO_MANY = re.compile(r"([\w.]+)\(\) takes (?:from )?[\w ]+ positional arguments? but (\d+) (?:was|were) given")


def advise_on_call(error: TypeError) -> str | None:
    """Return what to write instead, or None if the function called isn't known."""
    message = str(error)
    for pattern, advise in _RULES:
        if found := pattern.search(message):
            return advise(*found.groups())
    return None


def _unexpected(called: str, given: str) -> str | None:
    names = _parameters(called)
    if example := _example(called):
        return f"Write, for example, `{example}`."
    if not names:
        return f"It takes no arguments: `{_short(called)}()`." if _is_ours(called) else None
    if misplaced := _MISPLACED.get((called.partition(".")[0].removesuffix("Instance").removesuffix("Context"), given)):
        return misplaced
    meant = _meant(given, names)
    if meant is None:
        more = ", …" if len(names) > _SHOWN else ""
        return f"`{_short(called)}` has the parameters {', '.join(names[:_SHOWN])}{more}."
    note = _NOTES.get(meant, "")
    return f"Write `{meant}` instead of `{given}`. {note}".rstrip()


def _is_ours(called: str) -> bool:
    owner = called.rpartition(".")[0]
    return called in HELPERS or find_helper_class(owner) is not None


def _meant(given: str, names: list[str]) -> str | None:
    known = _MEANT.get(given, ())
    candidates = (known,) if isinstance(known, str) else known
    if fits := next((name for name in candidates if name in names), None):
        return fits
    close = get_close_matches(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", given).lower(), names, n=1, cutoff=0.6)
    return close[0] if close else None


def _missing(called: str, listed: str) -> str | None:
    names = re.findall(r"'(\w+)'", listed)
    if example := _example(called):
        return f"Write, for example, `{example}`."
    if called == "dump":
        return "`json.dumps(…)` returns text. `json.dump` writes to a file."
    if called.endswith("List.__call__"):
        return (
            "Put a SID into the parentheses, for example `workspace.tasks(task.sid)`. To read all of them, use "
            "`.list()`."
        )
    if not _parameters(called):
        return None
    return f"`{_short(called)}` needs {' and '.join(f'`{name}=…`' for name in names)}."


def _too_many(called: str, given: str) -> str | None:
    if example := _example(called):
        return f"It takes fewer arguments, for example `{example}`."
    if called.endswith("List.__call__"):
        return (
            "It takes one SID. To filter, use `.list(…)` with a parameter's name, for example "
            '`.list(friendly_name="Alice")`.'
        )
    names = _parameters(called)
    if names:
        return f"Name the parameters, for example `{_short(called)}({names[0]}=…)`."
    return f"It takes no arguments: `{_short(called)}()`." if _is_ours(called) else None


_RULES: tuple[tuple[re.Pattern[str], Callable[..., str | None]], ...] = (
    (_UNEXPECTED, _unexpected),
    (_MISSING, _missing),
    (_TOO_MANY, _too_many),
)


def _example(called: str) -> str | None:
    """Return a call that works; None for a function that was changed, so that the lessons' call fails."""
    example = _EXAMPLES.get(called)
    signature = _signature(called)
    if example and signature:
        call = ast.parse(example, mode="eval").body
        assert isinstance(call, ast.Call)
        try:
            signature.bind(*call.args, **{each.arg: each.value for each in call.keywords if each.arg})
        except TypeError:
            return None
    return example


def _parameters(called: str) -> list[str]:
    """Return the parameters of ``TaskList.create``, ``Inbox.wait``, ``explain`` and the like; [] if it isn't known."""
    signature = _signature(called)
    return [*signature.parameters] if signature else []


def _signature(called: str) -> inspect.Signature | None:
    """Return what a function takes, without ``self``; None if it isn't known."""
    owner, _, method = called.rpartition(".")
    owners = [*find_sdk_classes(owner), find_helper_class(owner)] if owner else []
    for function in (find_helper(called), *(getattr(each, method, None) for each in owners)):
        if function is not None:
            whole = inspect.signature(function)
            return whole.replace(parameters=[each for name, each in whole.parameters.items() if name != "self"])
    return None


def _short(called: str) -> str:
    return called.rpartition(".")[2]
