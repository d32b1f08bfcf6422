"""Names of this kernel's variables, for code that is shown.

``workspace.workers(story.alice_sid)`` reads better than three SIDs, and is what the lessons taught. But it fails if the
kernel has no such variable. So names are looked up when code is shown, and SIDs are used where there are none.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from typing import Any

from twilio.base.instance_resource import InstanceResource
from twilio.rest import Client
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext, WorkspaceInstance

from helpers.callbacks.listener import Listener
from helpers.emulator.display.safe_text import one_line
from helpers.emulator.sdk.sdk_reading import client_of, sid_of
from helpers.guide.passed_over import PassedOver
from helpers.lessons.story import Story
from helpers.wire import Wire

__all__ = [
    "after_each_cell",
    "name_of",
    "spell_connection",
    "spell_listener",
    "spell_sid",
    "spell_sids",
    "spell_text",
    "spell_workspace",
]

_SID = re.compile("[A-Z]{2}[0-9a-f]{32}")


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
    others = _other_worlds()
    if client in others:
        return f"{others[client]}.workspace"
    if other_world is not None:
        return other_world
    known = (name for context_sid, name in _contexts() if context_sid == sid)
    return next(known, None) or f"{_spell_client()}.taskrouter.v1.workspaces({spell_sid(sid)})"


def _contexts() -> Iterator[tuple[str | None, str]]:
    """Yield the SID and the variable of each Workspace, but not those of branches and copies."""
    others = _other_worlds()
    for name, value in _given_names():
        if isinstance(value, WorkspaceContext | WorkspaceInstance) and client_of(value) not in others:
            yield sid_of(value), name


def _other_worlds() -> dict[Client, str]:
    return {value.client: name for name, value in _given_names() if _is_other_world(value)}


def _is_other_world(value: object) -> bool:
    """Return True for a branch, a past moment or a copy: it holds a Client, and the context of its Workspace."""
    if not type(value).__module__.startswith("helpers."):
        return False
    held = getattr(value, "client", None), getattr(value, "workspace", None)
    return isinstance(held[0], Client) and isinstance(held[1], WorkspaceContext)


def spell_text(text: str) -> str:
    """Return the text as code, in double quotes and in one line."""
    return '"' + one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def spell_connection() -> str:
    """Return an expression for the kernel's one connection: ``connection`` if a cell has it."""
    return _find_name(_is_connection) or ("connection" if _shell() is None else "connect()")


def _is_connection(value: object) -> bool:
    """Return True for a connection, which is made of all that this module knows, and so can't be named by it."""
    return type(value).__module__.startswith("helpers.") and isinstance(getattr(value, "wire", None), Wire)


def spell_listener() -> str:
    """Return an expression for the kernel's one listener: ``listener`` if a cell has it."""
    found = _find_name(lambda value: isinstance(value, Listener))
    return found or ("listener" if _shell() is None else f"{spell_connection()}.listen()")


def _spell_client() -> str:
    found = _find_name(lambda value: isinstance(value, Client))
    return found or ("client" if _shell() is None else f"{spell_connection()}.client")


def _find_name(is_meant: Callable[[Any], bool]) -> str | None:
    return next((name for name, value in _given_names() if is_meant(value)), None)


def spell_sid(sid: str) -> str:
    """Return an expression for a SID: ``story.alice_sid``, ``task.sid``, ``activity_sids["Idle"]``, or it in quotes."""
    return next((spelled for known, spelled in _sids() if known == sid), json.dumps(sid))


def spell_sids() -> dict[str, str]:
    """Return the expression for each SID that cells have a name for; for a Workspace's, that for its context."""
    spelled: dict[str, str] = {}
    for sid, expression in (*_contexts(), *_sids()):
        if isinstance(sid, str) and _SID.fullmatch(sid):
            spelled.setdefault(sid, expression)
    return spelled


def _sids() -> Iterator[tuple[object, str]]:
    """Yield what cells hold under a name, with the expression: first stories, then resources, then dictionaries."""
    for parts_of in (_in_story, _in_resource, _in_dictionary):
        for name, value in _given_names():
            for known, rest in parts_of(value):
                yield known, name + rest


def _in_story(value: object) -> Iterator[tuple[object, str]]:
    for each in fields(value) if isinstance(value, Story) else ():
        known = getattr(value, each.name)
        yield known, f".{each.name}"
        yield from ((sid, f".{each.name}{key}") for sid, key in _in_dictionary(known))


def _in_resource(value: object) -> Iterator[tuple[object, str]]:
    if isinstance(value, InstanceResource):
        yield sid_of(value), ".sid"


def _in_dictionary(value: object) -> Iterator[tuple[object, str]]:
    for key, known in value.items() if isinstance(value, Mapping) else ():
        if isinstance(key, str) and isinstance(known, str):
            yield known, f"[{json.dumps(key)}]"


def after_each_cell(notice: Callable[[], object]) -> Callable[[], None]:
    """Call ``notice`` whenever a cell has run, which may have named something; return a function that ends this."""
    events = getattr(_shell(), "events", None)

    def ended(_: object) -> None:
        notice()

    if events is None:
        return lambda: None
    events.register("post_run_cell", ended)
    return lambda: events.unregister("post_run_cell", ended)


def _given_names() -> Iterator[tuple[str, Any]]:
    """Yield the variables of this kernel's cells with their values, oldest first; nothing outside of a notebook."""
    if (shell := _shell()) is not None:
        for name, value in _variables(shell.user_ns):
            if not name.startswith("_") and not isinstance(value, PassedOver):
                yield name, value


def _variables(names: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the variables as they are at one moment: a cell may make one while another thread looks."""
    while True:
        with suppress(RuntimeError):
            return list(names.items())


def _shell() -> Any:
    """Return IPython's shell; None outside of a notebook, where code uses the names of the lessons."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
