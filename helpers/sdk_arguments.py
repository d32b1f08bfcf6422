"""A call that doesn't fit, or a value used as something that it isn't: what to write instead."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

import twilio.rest.taskrouter.v1.workspace  # noqa: F401 - makes its classes known to __subclasses__()
from twilio.base.instance_context import InstanceContext
from twilio.base.instance_resource import InstanceResource
from twilio.base.list_resource import ListResource

from .sdk_attributes import noun_of

__all__ = ["unfitting_call"]

_EXAMPLES = {
    "at": "at(event)",
    "before": 'before(task, "created")',
    "catch_up": "catch_up(3)",
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
"""A call of each helper that needs an argument, as the lessons have it."""

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
"""What stands for which parameter of the SDK."""

_NOTES = {
    "activity_sid": 'An Activity is given by its SID: `activity_sid=story.activity_sids["Idle"]`.',
    "attributes": "It takes JSON text: `attributes=json.dumps({...})`.",
    "configuration": "It takes JSON text: `configuration=json.dumps({...})`.",
}

_UNEXPECTED = re.compile(r"([\w.]+)\(\) got an unexpected keyword argument '(\w+)'")
_MISSING = re.compile(r"([\w.]+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: (.+)")
_TOO_MANY = re.compile(r"([\w.]+)\(\) takes (?:from )?[\w ]+ positional arguments? but (\d+) (?:was|were) given")
_NOT_A = re.compile(
    r"'(\w+)' object is not (?:an )?(\w+)"
    r"|object of type '(\w+)' has no (len)\(\)"
    r"|argument of type '(\w+)' is not (\w+)"
)


def unfitting_call(error: TypeError) -> str | None:
    """Return what to write instead, or None if nothing is known about what was called."""
    message = str(error)
    for pattern, advise in _RULES:
        if found := pattern.search(message):
            return advise(*(group for group in found.groups() if group is not None))
    return None


def _unexpected(called: str, given: str) -> str | None:
    names = _parameters(called)
    if not names:
        return None
    meant = _meant(given, names)
    if meant is None:
        return f"`{_short(called)}` takes {', '.join(names)}."
    note = _NOTES.get(meant, "")
    return f"write `{meant}` instead of `{given}`. {note}".rstrip()


def _meant(given: str, names: list[str]) -> str | None:
    known = _MEANT.get(given, ())
    candidates = (known,) if isinstance(known, str) else known
    if fits := next((name for name in candidates if name in names), None):
        return fits
    close = get_close_matches(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", given).lower(), names, n=1, cutoff=0.6)
    return close[0] if close else None


def _missing(called: str, listed: str) -> str | None:
    names = re.findall(r"'(\w+)'", listed)
    if example := _EXAMPLES.get(called):
        return f"it needs {' and '.join(names)}, for instance `{example}`."
    if called.endswith("List.__call__"):
        return "parentheses take the SID of one, such as `workspace.tasks(task.sid)`; `.list()` reads all of them."
    if _parameters(called):
        return f"`{_short(called)}` needs {', '.join(f'`{name}=…`' for name in names)}."
    return None


def _too_many(called: str, _count: str) -> str | None:
    if example := _EXAMPLES.get(called):
        return f"it takes fewer, for instance `{example}`."
    if called.endswith(".__call__"):
        return 'it takes one SID. To filter, use `.list(…)` with names, such as `.list(friendly_name="Alice")`.'
    names = _parameters(called)
    if not names:
        return None
    return f"give names to what you pass, such as `{_short(called)}({names[0]}=…)`." if names != ["self"] else None


def _misused(kind: str, used_as: str) -> str | None:
    """Advice for a value of this type that was indexed, called, looped over or measured."""
    found = _classes(kind)
    if found and issubclass(found[0], ListResource) and used_as in ("subscriptable", "iterable", "iterator", "len"):
        return "it stands for all resources of a kind and has read none: `.list()` reads them into a list."
    if found and used_as == "subscriptable":
        return "its properties are read with a dot, such as `.sid`." + (
            " `.fetch()` reads it first." if issubclass(found[0], InstanceContext) else ""
        )
    if found and used_as == "callable":
        return f"it is a {noun_of(found[0])} already: leave out the parentheses behind it."
    if found:
        return f"it is one {noun_of(found[0])}, not several."
    return _OF_TYPES.get((kind, used_as))


_PARENTHESES = "a method is called with parentheses: `.list()[0]`, not `.list[0]`."
_NOTHING = "what stands there is None: its cell stored nothing, or a function returned nothing."
_OF_TYPES = {
    ("method", "subscriptable"): _PARENTHESES,
    ("method", "iterable"): "a method is called with parentheses: `.list()`.",
    ("function", "subscriptable"): "a function is called with parentheses.",
    ("str", "callable"): "it is text: properties such as `.sid` have no parentheses.",
    ("NoneType", "subscriptable"): _NOTHING,
    ("NoneType", "iterable"): _NOTHING,
    ("NoneType", "callable"): _NOTHING,
    ("ellipsis", "callable"): "it's still the three dots of an exercise: replace them with your answer.",
    ("ellipsis", "iterable"): "it's still the three dots of an exercise: replace them with your answer.",
    ("ellipsis", "subscriptable"): "it's still the three dots of an exercise: replace them with your answer.",
}


def _of_text() -> str:
    return (
        "what stands before the brackets is text. `attributes` of a Task or Worker are JSON text: "
        '`json.loads(task.attributes)["selected_language"]`.'
    )


def _of_list() -> str:
    return "what stands before the brackets is a list: take one item by its number, such as `[0]`, first."


def _of_dict() -> str:
    return "it's a dictionary already: leave out `json.loads`, which reads text."


def _of_object(kind: str) -> str | None:
    return "JSON has no place for an object of the SDK: pass its SID, `.sid`." if _classes(kind) else None


def _of_set(kind: str) -> str:
    return 'JSON has no sets: `{"key": value}` with a colon is a dictionary, `[...]` a list.'


_RULES: tuple[tuple[re.Pattern[str], Callable[..., str | None]], ...] = (
    (_UNEXPECTED, _unexpected),
    (_MISSING, _missing),
    (_TOO_MANY, _too_many),
    (re.compile("string indices must be integers"), _of_text),
    (re.compile("list indices must be integers or slices, not str"), _of_list),
    (re.compile("JSON object must be str, bytes or bytearray, not dict"), _of_dict),
    (re.compile("Object of type (set) is not JSON serializable"), _of_set),
    (re.compile(r"Object of type (\w+) is not JSON serializable"), _of_object),
    (_NOT_A, _misused),
)


def _parameters(called: str) -> list[str]:
    """The parameters of ``TaskList.create`` and the like; empty if that is nothing of TaskRouter's in the SDK."""
    kind, _, method = called.rpartition(".")
    for found in _classes(kind):
        function = getattr(found, method, None)
        if function is not None:
            return [name for name in inspect.signature(function).parameters if name != "self"]
    return []


def _short(called: str) -> str:
    return called.rpartition(".")[2]


def _classes(name: str) -> list[Any]:
    """The classes of the SDK's TaskRouter with this name."""
    bases = (ListResource, InstanceContext, InstanceResource)
    return [found for base in bases for found in _below(base) if found.__name__ == name]


def _below(base: type[Any]) -> Iterator[type[Any]]:
    for each in base.__subclasses__():
        if each.__module__.startswith("twilio.rest.taskrouter."):
            yield each
        yield from _below(each)
