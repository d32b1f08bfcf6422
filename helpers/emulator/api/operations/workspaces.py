"""Workspaces: create, fetch, list, update, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...engine.commands import workspaces
from ...engine.model.event_types import names_in, unknown_types
from ...engine.model.resources import Workspace
from ..formatters import resource_json
from ..lists.paging import PAGING, UnindexedListing, list_page
from ..operation import Call, Operation, Result, no_content
from ..parameters.convertors import boolean, choice, sid, text, url
from ..parameters.parameters import Parameters, filter_by, optional, required

if TYPE_CHECKING:
    from ...clock import Millis
    from ...engine.state import WorkspaceState

__all__ = ["OPERATIONS"]

_LIST = "/v1/Workspaces"
_ONE = f"{_LIST}/{{Sid}}"

_NAME = text(max_length=64)
_ORDER = choice("FIFO", "LIFO")

_CREATE = Parameters(
    required("FriendlyName", _NAME),
    optional("EventCallbackUrl", url(), empty="clears"),
    optional("EventsFilter", text(max_length=4096), empty="value"),
    optional("MultiTaskEnabled", boolean()),
    optional(
        "Template",
        choice("NONE", "FIFO", "EMPTY"),
        differs="only NONE, FIFO and EMPTY",
    ),
    optional("PrioritizeQueueOrder", _ORDER),
)
_FIND = Parameters(filter_by("FriendlyName", text()), *PAGING)
_UPDATE = Parameters(
    optional("DefaultActivitySid", sid("WA")),
    optional("EventCallbackUrl", url(), empty="clears"),
    optional("EventsFilter", text(max_length=4096), empty="value"),
    optional("FriendlyName", _NAME),
    optional("MultiTaskEnabled", boolean()),
    optional("TimeoutActivitySid", sid("WA")),
    optional("PrioritizeQueueOrder", _ORDER),
)


def _create(call: Call) -> Result:
    _hint(call)
    return call.write(_answer, workspaces.create, **call.values)


def _fetch(call: Call) -> Result:
    return Result(resource_json.workspace(call.read()))


def _list(call: Call) -> Result:
    name = call.values.get("friendly_name")
    found = (each for each in call.emulator.workspaces(call.account_sid) if name is None or each.friendly_name == name)

    def body(workspace: Workspace) -> resource_json.Body:
        return resource_json.workspace(call.emulator.read(call.account_sid, workspace.sid))

    return list_page(call, "workspaces", UnindexedListing(found), body)


def _update(call: Call) -> Result:
    _hint(call)
    return call.write(_answer, workspaces.update, call.values)


def _hint(call: Call) -> None:
    call.hints += unknown_types(names_in(call.values.get("events_filter")))


def _delete(call: Call) -> Result:
    return call.write(no_content, workspaces.delete)


def _answer(state: WorkspaceState, workspace: Workspace, now: Millis) -> Result:
    return Result(resource_json.workspace(state))


OPERATIONS = (
    Operation("CreateWorkspace", "POST", _LIST, _create, _CREATE, "workspace", success=201),
    Operation("ListWorkspace", "GET", _LIST, _list, _FIND, "workspace", "workspaces"),
    Operation("FetchWorkspace", "GET", _ONE, _fetch, returns="workspace"),
    Operation("UpdateWorkspace", "POST", _ONE, _update, _UPDATE, "workspace"),
    Operation("DeleteWorkspace", "DELETE", _ONE, _delete, success=204),
)
