"""Advice on an attribute that an object doesn't have: what was meant, or which object has it."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from twilio.base.exceptions import TwilioException
from twilio.base.instance_context import InstanceContext
from twilio.base.instance_resource import InstanceResource
from twilio.base.list_resource import ListResource
from twilio.rest import Client
from twilio.rest.taskrouter import Taskrouter
from twilio.rest.taskrouter.v1 import V1

from helpers.emulator.display.safe_text import pluralize
from helpers.emulator.display.value_kinds import with_article
from helpers.guide.slips.known_classes import HELPERS, list_public_names, noun_of

__all__ = ["advise_on_attribute"]

_VERBS = {
    "accept": 'reservation.update(reservation_status="accepted")',
    "reject": 'reservation.update(reservation_status="rejected")',
    "complete": 'task.update(assignment_status="completed")',
    "cancel": 'task.update(assignment_status="canceled")',
    "set_activity": 'worker.update(activity_sid=story.activity_sids["Idle"])',
    "save": ".update(…), which sends the change at once",
    "refresh": "….fetch(), which returns it as it is now",
}
"""Methods that the SDK doesn't have, with the calls to make instead."""

_PROPERTIES = {
    "name": "friendly_name",
    "activity": "activity_name",
    "queue": "task_queue_friendly_name",
    "workflow": "workflow_friendly_name",
    "expression": "target_workers",
    "filters": "configuration",
    "worker": "worker_name",
    "callback_url": "assignment_callback_url",
    "created": "date_created",
}
"""Short words for properties with longer names."""

_OF_ONE = ("fetch", "update", "delete")
"""Methods that a single resource has and a list resource doesn't."""

_HOMES = {
    "reservations": "`workspace.tasks(task_sid).reservations` or `workspace.workers(worker_sid).reservations`",
    "worker_channels": "`workspace.workers(worker_sid).worker_channels`",
    "workspaces": "`client.taskrouter.v1.workspaces`",
    **{
        name: f"`client.taskrouter.v1.workspaces(workspace_sid).{name}`"
        for name in ("activities", "workers", "task_queues", "workflows", "tasks", "task_channels", "events")
    },
}
"""Expressions that lead to each list resource."""


def advise_on_attribute(error: AttributeError) -> str | None:
    """Return what to write instead, or None if nothing is known about the object.

    ``workspace.tasks`` is a list resource, ``workspace.tasks(sid)`` a context, and only what
    ``fetch()``, ``list()``, ``create()`` and ``update()`` return has a resource's properties.
    """
    name, given = error.name or "", error.obj
    if not name:
        return _not_to_be_set(str(error))
    if inspect.ismodule(given):
        names = HELPERS if given.__name__ == "helpers" else [each for each in dir(given) if not each.startswith("_")]
        close = get_close_matches(name, names, n=1, cutoff=0.7)
        return f"Write `{given.__name__}.{close[0]}`." if close else None
    if isinstance(given, Client) and hasattr(given.taskrouter.v1, name):
        return f"It belongs to TaskRouter: write `client.taskrouter.v1.{name}`."
    if isinstance(given, Client | Taskrouter | V1 | InstanceContext) and name in _HOMES:
        return f"Write {_HOMES[name]}."
    if isinstance(given, Client | Taskrouter | V1) and hasattr(given, name.lower()):
        return f"Write `.{name.lower()}`, in lowercase."
    if isinstance(given, InstanceContext):
        return _of_context(given, name)
    if isinstance(given, InstanceResource):
        return _of_instance(given, name)
    if isinstance(given, ListResource):
        context = getattr(sys.modules[type(given).__module__], f"{noun_of(type(given))}Context", None)
        if name in _OF_ONE or hasattr(context, name):
            call = "(…)" if name in _OF_ONE else ""
            return f"Say which one: `(sid).{name}{call}`, with its SID in parentheses."
        return (
            "This is the collection, and it has no resource's properties. `.list()` returns all its resources, and "
            "`(sid).fetch()` returns one."
        )
    return _of_other(given, name)


def _not_to_be_set(message: str) -> str | None:
    """Return advice for ``object.name = value``, an error without the object and its attribute's name."""
    if found := re.match(r"'dict' object has no attribute '(\w+)'", message):
        return f'Change a dictionary with brackets: `["{found[1]}"] = …`.'
    if message.startswith("cannot assign to field") or message.endswith("has no setter"):
        return "You can't change this value. Assign the new value to a variable of your own."
    return None


def _of_context(context: Any, name: str) -> str:
    noun = noun_of(type(context))
    instance = getattr(sys.modules[type(context).__module__], f"{noun}Instance", None)
    properties = _names_of(instance) if instance else []
    only_says = f"This only says where {with_article(noun)} is. It hasn't been fetched yet."
    if name in ("list", "create", "stream"):
        return f"`.{name}(…)` belongs to the collection. Leave out the SID in parentheses before it."
    if name in properties:
        return f"{only_says} What `.fetch()` returns has `.{name}`."
    return _verb(name) or _closest(noun, name, [*properties, *_methods(context)]) or only_says


def _of_instance(instance: Any, name: str) -> str:
    noun, names = noun_of(type(instance)), _names_of(type(instance))
    if advice := _verb(name):
        return advice
    if name == "status":
        status = next((each for each in names if each.endswith("_status")), "")
        if status:
            return f"{_with_article(noun)} has `.{status}`."
    if _PROPERTIES.get(name) in names:
        return f"{_with_article(noun)} has `.{_PROPERTIES[name]}`."
    longer = [each for each in names if name in each.split("_")]
    if len(longer) == 1:
        return f"{_with_article(noun)} has `.{longer[0]}`."
    return _closest(noun, name, names) or f"A {noun} has {', '.join(_quote(names))}."


def _of_other(given: object, name: str) -> str | None:
    """Return advice for an object that isn't the SDK's, but was probably used as one."""
    if given is None:
        return (
            f"The value before `.{name}` is None. Its cell stored nothing, or a function returned nothing. For "
            "example, `catch_up` returns no `story` before lesson 2."
        )
    if given is ...:
        return "These are still the three dots of an exercise. Replace them with your answer."
    if isinstance(given, TwilioException):
        return "An error from `.list()` or `.stream()` has only the response, for example `error.args[1].status_code`."
    if isinstance(given, list):
        return f"This is a list with {pluralize(len(given), 'item')}. Take one item first, for example `[0]`."
    if isinstance(given, dict) and (name in given or not hasattr(dict, name.lower())):
        return f'Read a dictionary with brackets: `["{name if name in given else "key"}"]`.'
    if callable(given) and hasattr(given, "__name__") and not isinstance(given, type):
        return f"`{given.__name__}` is a function. Call it with parentheses, and read what it returns."
    if type(given).__module__.startswith("helpers."):
        return _of_ours(given, name)
    return _of_text(given, name) if isinstance(given, str) else None


def _of_ours(given: object, name: str) -> str:
    """Return advice for an object of the helpers: a similar name, a dictionary that has the name, or all its names."""
    names = list_public_names(type(given))
    longer = [each for each in names if each.startswith(f"{name}_")]
    if close := [*longer, *get_close_matches(name, names, n=1, cutoff=0.6)]:
        return f"Write `.{close[0]}`."
    for each in getattr(given, "__dataclass_fields__", ()):
        if isinstance(value := getattr(given, each), dict) and name in value:
            return f'Write `.{each}["{name}"]`.'
    return f"It has {', '.join(_quote(names))}."


def _of_text(given: str, name: str) -> str | None:
    if re.fullmatch(r"W[A-Z][0-9a-f]{32}", given):
        if name == "sid":
            return "This is already the SID. Leave out `.sid`."
        way = "" if name in (*_OF_ONE, *_HOMES) else ".fetch()"
        return (
            "This is a SID, which is a string. Use it to get the resource, for example "
            f"`workspace.tasks(sid){way}.{name}`."
        )
    try:
        known = json.loads(given)
    except ValueError:
        return None
    if isinstance(known, dict):
        return f'This is JSON text. Read it with `json.loads(…)["{name}"]`.'
    return None


def _verb(name: str) -> str:
    return f"Use `{_VERBS[name]}`." if name in _VERBS else ""


def _with_article(noun: str) -> str:
    article, _, name = with_article(noun).partition(" ")
    return f"{article.capitalize()} {name}"


def _closest(noun: str, name: str, names: Iterable[str]) -> str:
    close = get_close_matches(name.lower(), list(names), n=1, cutoff=0.7)
    return f"{_with_article(noun)} has `.{close[0]}`. Is the name misspelled?" if close else ""


def _names_of(resource: type) -> list[str]:
    """Return the properties and methods of an instance; the SDK sets its properties in ``__init__`` only."""
    code = resource.__init__.__code__  # type: ignore[misc]
    skipped = {"get", "deserialize", "integer", "iso8601_datetime", "payload", "super", "version"}
    properties = [name for name in code.co_names if name.islower() and not name.startswith("_") and name not in skipped]
    return [*dict.fromkeys(properties), *_methods(resource)]


def _methods(resource: object) -> list[str]:
    return [
        name for name in dir(resource) if not name.startswith("_") and not name.endswith(("_async", "_with_http_info"))
    ]


def _quote(names: list[str]) -> list[str]:
    return [f"`{name}`" for name in names]
