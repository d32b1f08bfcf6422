"""How code that is shown can spell things in this very kernel: by the names that its cells have given.

``workspace.workers(story.alice_sid)`` reads better than three SIDs, and is what the lessons taught. Where a name does
not exist, code that uses it fails when it is typed. So names are looked up when code is shown, and SIDs take their
place where there are none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from twilio.base.instance_context import InstanceContext
from twilio.base.instance_resource import InstanceResource
from twilio.rest import Client
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext, WorkspaceInstance

from helpers.callbacks.listener import Listener
from helpers.connection import Connection
from helpers.lessons.story import Story

__all__ = ["name_of", "spelled_connection", "spelled_listener", "spelled_sid", "spelled_workspace"]


def name_of(thing: object) -> str | None:
    """The name that a cell gave this very object; None if there is none."""
    return next((name for name, value in _given_names() if value is thing), None)


def spelled_workspace(sid: str) -> str:
    """The way to a Workspace: ``workspace``, or from ``client`` on."""
    for name, value in _given_names():
        if isinstance(value, WorkspaceContext | WorkspaceInstance) and _sid_of(value) == sid:
            return name
    return f"{_spelled_client()}.taskrouter.v1.workspaces({spelled_sid(sid)})"


def spelled_connection() -> str:
    """The kernel's one connection: ``connection``."""
    return _named(Connection) or ("connection" if _shell() is None else "connect()")


def spelled_listener() -> str:
    """The kernel's one listener: ``listener``."""
    return _named(Listener) or ("listener" if _shell() is None else f"{spelled_connection()}.listen()")


def _spelled_client() -> str:
    return _named(Client) or ("client" if _shell() is None else f"{spelled_connection()}.client")


def _named(kind: type) -> str | None:
    return next((name for name, value in _given_names() if isinstance(value, kind)), None)


def spelled_sid(sid: str) -> str:
    """As a cell has it: ``story.alice_sid``, or ``task.sid``, or ``activity_sids["Idle"]``; else the SID in quotes."""
    for spelled in (_in_story, _in_resource, _in_dictionary):
        for name, value in _given_names():
            if (rest := spelled(value, sid)) is not None:
                return name + rest
    return json.dumps(sid)


def _in_story(value: object, sid: str) -> str | None:
    if not isinstance(value, Story):
        return None
    for each in fields(value):
        known = getattr(value, each.name)
        if known == sid:
            return f".{each.name}"
        if (key := _in_dictionary(known, sid)) is not None:
            return f".{each.name}{key}"
    return None


def _in_resource(value: object, sid: str) -> str | None:
    return ".sid" if isinstance(value, InstanceResource) and _sid_of(value) == sid else None


def _in_dictionary(value: object, sid: str) -> str | None:
    pairs = value.items() if isinstance(value, Mapping) else ()
    found = (key for key, known in pairs if isinstance(key, str) and isinstance(known, str) and known == sid)
    return next((f"[{json.dumps(key)}]" for key in found), None)


def _sid_of(resource: InstanceResource | InstanceContext) -> str | None:
    """The SID of a resource, or of the way to one, which keeps it nowhere else."""
    return getattr(resource, "_solution", {}).get("sid")


def _given_names() -> Iterator[tuple[str, Any]]:
    """What the cells of this kernel have named, in the order they did; nothing outside of a notebook."""
    if (shell := _shell()) is not None:
        yield from ((name, value) for name, value in list(shell.user_ns.items()) if not name.startswith("_"))


def _shell() -> Any:
    """IPython's shell; None outside of a notebook, where code goes by the names that the lessons use."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
