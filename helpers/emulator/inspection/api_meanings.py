"""Meanings of requests to the API: a short sentence made of operation and outcome."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from ..api.operation import Operation
from ..api.operations import OPERATIONS
from ..api.route_tree import Tree
from ..engine.model.refusals import Refused
from ..request_log.logged_request import LoggedRequest
from .contents import pairs_of
from .names import Names, cut

__all__ = ["ApiOutcome", "explain_api_request", "read_outcome"]

_WORDS = re.compile(r"[A-Z][a-z]+")
_STALE = 412
_UNAUTHENTICATED = 401
_NOT_FOUND = 404

_ADMIN = {
    ("GET", "clock"): "read the clock",
    ("POST", "clock/pause"): "pause the clock",
    ("POST", "clock/run"): "run the clock",
    ("POST", "reset"): "reset the emulator",
    ("GET", "snapshot"): "take a snapshot",
    ("POST", "restore"): "restore a snapshot",
    ("POST", "seed"): "create Workspaces from a seed document",
    ("GET", "explain"): "explain the waiting Tasks",
    ("GET", "deliveries"): "list the callbacks that were sent",
    ("GET", "alerts"): "list the alerts",
    ("GET", "faults"): "list the faults",
    ("POST", "faults"): "add a fault",
    ("DELETE", "faults"): "remove the faults",
    ("GET", "openapi.json"): "read the OpenAPI description",
}
"""Sentences about routes below ``/_emulator`` by method and path."""


class ApiOutcome(msgspec.Struct, kw_only=True):
    """Operation of a request to the API, with the SIDs in its path and the JSON object of its response.

    ``operation`` is None if there is none with this method and path.
    """

    operation: Operation | None = None
    sids: dict[str, str] = {}
    reply: dict[str, Any] = {}

    @property
    def workspace_sid(self) -> str:
        """SID of the Workspace in the path; empty text if none is there."""
        name = "Sid" if self.operation is not None and self.operation.name.endswith("Workspace") else "WorkspaceSid"
        return self.sids.get(name, "")


@cache
def _tree() -> Tree:
    return Tree.of(OPERATIONS)


def read_outcome(request: LoggedRequest) -> ApiOutcome:
    """Return what a request to the API asked for, and what came of it."""
    path = request.url.partition("?")[0]
    try:
        operation, found = _tree().find(request.method, path)
    except Refused:
        return ApiOutcome(reply=_reply(request))
    return ApiOutcome(
        operation=operation, sids=dict(zip(operation.path_names, found, strict=True)), reply=_reply(request)
    )


def explain_api_request(request: LoggedRequest, outcome: ApiOutcome, names: Names) -> str:
    """Return a short sentence about a request, such as ``Alice: Activity → Idle`` or ``list Tasks: 3``."""
    if outcome.operation is None:
        what = _admin_meaning(request) or f"{request.method} {cut(request.url.partition('?')[0].removeprefix('/v1'))}"
    else:
        what = _about(outcome, names)
    if request.status is None or request.status < 400:
        return what if outcome.operation is None else _success(request, outcome, names)
    if request.status == _STALE:
        what = _label(outcome, names)
    return f"{what}: {_refusal(request, outcome)}"


def _success(request: LoggedRequest, outcome: ApiOutcome, names: Names) -> str:
    assert outcome.operation is not None
    verb = _split(outcome.operation)[0]
    if verb == "update":
        return f"{_label(outcome, names)}: {_changes(request, outcome, names) or 'nothing changed'}"
    about = _about(outcome, names)
    if outcome.operation.list_key in outcome.reply:
        return f"{about}: {len(outcome.reply[outcome.operation.list_key])}"
    return about


def _about(outcome: ApiOutcome, names: Names) -> str:
    """Return the operation in words, such as ``create Task WT2c91…``."""
    assert outcome.operation is not None
    verb, resource = _split(outcome.operation)
    if verb == "list":
        return f"list {_plural(resource)}"
    if resource.endswith("Statistics"):
        return "read " + " ".join(_WORDS.findall(resource)).lower()
    return f"{verb} {resource} {_label(outcome, names)}".rstrip()


def _label(outcome: ApiOutcome, names: Names) -> str:
    """Return the name, or the SID, of the resource; empty text for one that wasn't created."""
    reply, sid = outcome.reply, outcome.sids.get("Sid", "")
    if "WorkerSid" in outcome.sids and "task_channel_unique_name" in reply:
        worker = names.label(outcome.workspace_sid, outcome.sids["WorkerSid"])
        return f"{worker}, {cut(str(reply['task_channel_unique_name']))}"
    name = reply.get("friendly_name")
    if isinstance(name, str) and name:
        return cut(name)
    return names.label(outcome.workspace_sid, sid or str(reply.get("sid", "")))


def _changes(request: LoggedRequest, outcome: ApiOutcome, names: Names) -> str:
    """Return what an update set, such as ``Activity → Idle``."""
    return ", ".join(_change(name, value, outcome, names) for name, value in pairs_of(request)[:3])


def _change(name: str, value: str, outcome: ApiOutcome, names: Names) -> str:
    if name.endswith("Sid"):
        return f"{name.removesuffix('Sid')} → {names.label(outcome.workspace_sid, value)}"
    if name in ("ReservationStatus", "AssignmentStatus", "Instruction"):
        return cut(value)
    if value.lstrip()[:1] in ("{", "["):
        return f"new {name}"
    return f"{name} → {cut(value) or 'empty'}"


def _refusal(request: LoggedRequest, outcome: ApiOutcome) -> str:
    if request.status == _STALE:
        return "If-Match is out of date"
    if request.status == _UNAUTHENTICATED:
        return "wrong or missing credentials"
    if request.status == _NOT_FOUND and outcome.sids:
        return "not found"
    return cut(str(outcome.reply.get("message", f"status {request.status}")))


def _admin_meaning(request: LoggedRequest) -> str:
    """Return the sentence about a route below ``/_emulator``; empty text if there is no such route."""
    path = request.url.partition("?")[0].removeprefix("/_emulator/")
    if path == "clock/advance":
        seconds = dict(pairs_of(request)).get("seconds", "")
        return f"advance the clock by {cut(seconds)} s"
    first, _, rest = path.partition("/")
    if first == "explain" and rest:
        return f"explain {cut(rest)}"
    if first == "deliveries" and rest.endswith("/replay"):
        return f"replay callback {cut(rest.removesuffix('/replay'))}"
    return _ADMIN.get((request.method, path), "")


def _split(operation: Operation) -> tuple[str, str]:
    """Return the verb and the resource in the name of an operation, such as ``create`` and ``Task``."""
    verb, *_ = _WORDS.findall(operation.name)
    resource = operation.name.removeprefix(verb)
    if resource.endswith("Reservation"):
        resource = "Reservation"
    return verb.lower(), resource


def _plural(resource: str) -> str:
    if resource.endswith("Statistics"):
        return " ".join(_WORDS.findall(resource)).lower()
    return f"{resource[:-1]}ies" if resource.endswith("y") else f"{resource}s"


def _reply(request: LoggedRequest) -> dict[str, Any]:
    try:
        reply = msgspec.json.decode(request.reply)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return reply if isinstance(reply, dict) else {}
