"""TaskChannels: create, fetch, list, update, delete; by SID or unique name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...engine.commands import task_channels
from ...engine.model.refusals import NotFound
from ..formatters import resource_json
from ..lists.paging import PAGING, list_page
from ..operation import Call, Operation, Result, no_content
from ..parameters.convertors import boolean, text
from ..parameters.parameters import Parameters, optional, required

if TYPE_CHECKING:
    from ...clock import Millis
    from ...engine.model.resources import TaskChannel
    from ...engine.state import WorkspaceState

__all__ = ["OPERATIONS"]

_LIST = "/v1/Workspaces/{WorkspaceSid}/TaskChannels"
_ONE = f"{_LIST}/{{Sid}}"

_NAME = text(max_length=64)
_OPTIMIZED = optional("ChannelOptimizedRouting", boolean())
_CREATE = Parameters(required("FriendlyName", _NAME), required("UniqueName", _NAME), _OPTIMIZED)
_UPDATE = Parameters(optional("FriendlyName", _NAME), _OPTIMIZED)


def _create(call: Call) -> Result:
    return call.write(_answer, task_channels.create, **call.values)


def _fetch(call: Call) -> Result:
    channel = call.read().channel(call.sid)
    if channel is None:
        raise NotFound(call.path)
    return Result(resource_json.task_channel(channel))


def _list(call: Call) -> Result:
    return list_page(call, "channels", call.read().task_channels.listing(), resource_json.task_channel)


def _update(call: Call) -> Result:
    return call.write(_answer, task_channels.update, call.sid, call.values)


def _delete(call: Call) -> Result:
    return call.write(no_content, task_channels.delete, call.sid)


def _answer(state: WorkspaceState, channel: TaskChannel, now: Millis) -> Result:
    return Result(resource_json.task_channel(channel))


OPERATIONS = (
    Operation("CreateTaskChannel", "POST", _LIST, _create, _CREATE, "task_channel", success=201),
    Operation("ListTaskChannel", "GET", _LIST, _list, Parameters(*PAGING), "task_channel", "channels"),
    Operation("FetchTaskChannel", "GET", _ONE, _fetch, returns="task_channel"),
    Operation("UpdateTaskChannel", "POST", _ONE, _update, _UPDATE, "task_channel"),
    Operation("DeleteTaskChannel", "DELETE", _ONE, _delete, success=204),
)
