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
from helpers.story import Story

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
    """``story.alice_sid`` where a cell has the lesson's story, ``task.sid`` where one has the Task; else in quotes."""
    for name, value in _given_names():
        if isinstance(value, Story) and (field := _field_of(value, sid)) is not None:
            return f"{name}.{field}"
    for name, value in _given_names():
        if isinstance(value, InstanceResource) and _sid_of(value) == sid:
            return f"{name}.sid"
    return json.dumps(sid)


def _sid_of(resource: InstanceResource | InstanceContext) -> str | None:
    """The SID of a resource, or of the way to one, which keeps it nowhere else."""
    return getattr(resource, "_solution", {}).get("sid")


def _field_of(story: Story, sid: str) -> str | None:
    for each in fields(story):
        value = getattr(story, each.name)
        if value == sid:
            return each.name
        if isinstance(value, Mapping):
            key = next((key for key, known in value.items() if known == sid), None)
            if key is not None:
                return f"{each.name}[{json.dumps(key)}]"
    return None


def _given_names() -> Iterator[tuple[str, Any]]:
    """What the cells of this kernel have named, in the order they did; nothing outside of a notebook."""
    if (shell := _shell()) is not None:
        yield from ((name, value) for name, value in list(shell.user_ns.items()) if not name.startswith("_"))


def _shell() -> Any:
    """IPython's shell; None outside of a notebook, where code goes by the names that the lessons use."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
