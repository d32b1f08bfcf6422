"""Names of this kernel's variables, for code that is shown.

``workspace.workers(story.alice_sid)`` reads better than three SIDs, and is what the lessons taught. But it fails if the
kernel has no such variable. So names are looked up when code is shown, and SIDs are used where there are none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from twilio.base.instance_resource import InstanceResource
from twilio.rest import Client
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext, WorkspaceInstance

from helpers.callbacks.listener import Listener
from helpers.connection import Connection
from helpers.emulator.sdk.sdk_reading import client_of, sid_of
from helpers.guide.passed_over import PassedOver
from helpers.lessons.story import Story

__all__ = ["name_of", "spell_connection", "spell_listener", "spell_sid", "spell_workspace"]


def name_of(thing: object) -> str | None:
    """Return the variable of a cell that holds this very object, or None."""
    return next((name for name, value in _given_names() if value is thing), None)


def spell_workspace(sid: str, client: object = None, other_world: str | None = None) -> str:
    """Return an expression for a Workspace's context: ``workspace``, or one that starts with ``client``.

    Args:
        client: Client of the context. A branch and a copy have one of their own, and the original's SIDs. With it the
            variable that holds them is named, and only with it. None is the connection's.
        other_world: expression for the Workspace of a branch or a copy that no variable holds.
    """
    others = {value.client: name for name, value in _given_names() if _is_other_world(value)}
    if client in others:
        return f"{others[client]}.workspace"
    if other_world is not None:
        return other_world
    for name, value in _given_names():
        is_context = isinstance(value, WorkspaceContext | WorkspaceInstance)
        if is_context and sid_of(value) == sid and client_of(value) not in others:
            return name
    return f"{_spell_client()}.taskrouter.v1.workspaces({spell_sid(sid)})"


def _is_other_world(value: object) -> bool:
    """Return True for a branch, a past moment or a copy: it holds a Client, and the context of its Workspace."""
    is_ours = type(value).__module__.startswith("helpers.")
    return is_ours and isinstance(getattr(value, "workspace", None), WorkspaceContext)


def spell_connection() -> str:
    """Return an expression for the kernel's one connection: ``connection`` if a cell has it."""
    return _find_name(Connection) or ("connection" if _shell() is None else "connect()")


def spell_listener() -> str:
    """Return an expression for the kernel's one listener: ``listener`` if a cell has it."""
    return _find_name(Listener) or ("listener" if _shell() is None else f"{spell_connection()}.listen()")


def _spell_client() -> str:
    return _find_name(Client) or ("client" if _shell() is None else f"{spell_connection()}.client")


def _find_name(kind: type) -> str | None:
    return next((name for name, value in _given_names() if isinstance(value, kind)), None)


def spell_sid(sid: str) -> str:
    """Return an expression for a SID: ``story.alice_sid``, ``task.sid``, ``activity_sids["Idle"]``, or it in quotes."""
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
    return ".sid" if isinstance(value, InstanceResource) and sid_of(value) == sid else None


def _in_dictionary(value: object, sid: str) -> str | None:
    pairs = value.items() if isinstance(value, Mapping) else ()
    found = (key for key, known in pairs if isinstance(key, str) and isinstance(known, str) and known == sid)
    return next((f"[{json.dumps(key)}]" for key in found), None)


def _given_names() -> Iterator[tuple[str, Any]]:
    """Yield the variables of this kernel's cells with their values, oldest first; nothing outside of a notebook."""
    if (shell := _shell()) is not None:
        for name, value in list(shell.user_ns.items()):
            if not name.startswith("_") and not isinstance(value, PassedOver):
                yield name, value


def _shell() -> Any:
    """Return IPython's shell; None outside of a notebook, where code uses the names of the lessons."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
