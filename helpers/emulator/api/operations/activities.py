"""Activities: create, fetch, list, update, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...engine.commands import activities
from ..formatters import resource_json
from ..lists.filters import equal, select
from ..lists.paging import PAGING, list_page
from ..operation import Call, Operation, Result, no_content
from ..parameters.convertors import boolean, text
from ..parameters.parameters import Parameters, filter_by, optional, required

if TYPE_CHECKING:
    from ...clock import Millis
    from ...engine.model.resources import Activity
    from ...engine.state import WorkspaceState

__all__ = ["OPERATIONS"]

_LIST = "/v1/Workspaces/{WorkspaceSid}/Activities"
_ONE = f"{_LIST}/{{Sid}}"

_NAME = text(max_length=64)
_CREATE = Parameters(required("FriendlyName", _NAME), optional("Available", boolean(), empty="value"))
_FIND = Parameters(filter_by("FriendlyName", text()), filter_by("Available", boolean()), *PAGING)
_UPDATE = Parameters(optional("FriendlyName", _NAME))
_FILTERS = {"friendly_name": equal("friendly_name"), "available": equal("available")}


def _create(call: Call) -> Result:
    return call.write(_answer, activities.create, **call.values)


def _fetch(call: Call) -> Result:
    return Result(resource_json.activity(call.find(call.read().activities)))


def _list(call: Call) -> Result:
    state = call.read()
    return list_page(call, "activities", select(call, state, state.activities, _FILTERS), resource_json.activity)


def _update(call: Call) -> Result:
    return call.write(_answer, activities.update, call.sid, call.values)


def _delete(call: Call) -> Result:
    return call.write(no_content, activities.delete, call.sid)


def _answer(state: WorkspaceState, activity: Activity, now: Millis) -> Result:
    return Result(resource_json.activity(activity))


OPERATIONS = (
    Operation("CreateActivity", "POST", _LIST, _create, _CREATE, "activity", success=201),
    Operation("ListActivity", "GET", _LIST, _list, _FIND, "activity", "activities"),
    Operation("FetchActivity", "GET", _ONE, _fetch, returns="activity"),
    Operation("UpdateActivity", "POST", _ONE, _update, _UPDATE, "activity"),
    Operation("DeleteActivity", "DELETE", _ONE, _delete, success=204),
)
