"""Activities: create, fetch, list, update, delete."""

from __future__ import annotations

from helpers.emulator.api import wire
from helpers.emulator.api.filters import equal, selected
from helpers.emulator.api.kinds import boolean, text
from helpers.emulator.api.operation import Call, Operation, Reply
from helpers.emulator.api.paging import PAGING, list_page
from helpers.emulator.api.parameters import Parameters, filter_by, optional, required
from helpers.emulator.engine import activities

__all__ = ["OPERATIONS"]

_LIST = "/v1/Workspaces/{WorkspaceSid}/Activities"
_ONE = f"{_LIST}/{{Sid}}"

_NAME = text(max_length=64)
_CREATE = Parameters(required("FriendlyName", _NAME), optional("Available", boolean(), empty="value"))
_FIND = Parameters(filter_by("FriendlyName", text()), filter_by("Available", boolean()), *PAGING)
_UPDATE = Parameters(optional("FriendlyName", _NAME))
_FILTERS = {"friendly_name": equal("friendly_name"), "available": equal("available")}


def _create(call: Call) -> Reply:
    return call.write(lambda turn: Reply(wire.activity(activities.create(turn, **call.values)), 201))


def _fetch(call: Call) -> Reply:
    return Reply(wire.activity(call.find(call.read().activities)))


def _list(call: Call) -> Reply:
    state = call.read()
    return list_page(call, "activities", selected(call, state, state.activities, _FILTERS), wire.activity)


def _update(call: Call) -> Reply:
    return call.write(lambda turn: Reply(wire.activity(activities.update(turn, call.sid, call.values))))


def _delete(call: Call) -> Reply:
    call.write(lambda turn: activities.delete(turn, call.sid))
    return Reply(None, 204)


OPERATIONS = (
    Operation("CreateActivity", "POST", _LIST, _create, _CREATE, "activity", success=201),
    Operation("ListActivity", "GET", _LIST, _list, _FIND, "activity", "activities"),
    Operation("FetchActivity", "GET", _ONE, _fetch, returns="activity"),
    Operation("UpdateActivity", "POST", _ONE, _update, _UPDATE, "activity"),
    Operation("DeleteActivity", "DELETE", _ONE, _delete, success=204),
)
