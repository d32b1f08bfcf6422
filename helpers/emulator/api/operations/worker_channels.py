"""WorkerChannels: fetch, list, update; by their own SID, or the TaskChannel's SID or unique name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...engine.commands import worker_channels
from ...engine.model.refusals import NotFound
from ..formatters import resource_json
from ..lists.paging import PAGING, UnindexedListing, list_page
from ..operation import Call, Operation, Result
from ..parameters.convertors import boolean, integer
from ..parameters.parameters import Parameters, optional

if TYPE_CHECKING:
    from ...clock import Millis
    from ...engine.model.resources import WorkerChannel
    from ...engine.state import WorkspaceState

__all__ = ["OPERATIONS"]

_LIST = "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels"
_ONE = f"{_LIST}/{{Sid}}"

_UPDATE = Parameters(optional("Capacity", integer(0, 2**31 - 1)), optional("Available", boolean()))


def _fetch(call: Call) -> Result:
    state = call.read()
    channel = state.worker_channel(call.sids["WorkerSid"], call.sid)
    if channel is None:
        call.find(state.workers, "WorkerSid")
        raise NotFound(call.path)
    return Result(resource_json.worker_channel(state, channel))


def _list(call: Call) -> Result:
    state = call.read()
    worker = call.find(state.workers, "WorkerSid")
    channels = UnindexedListing(state.channels_of(worker.sid).values())
    return list_page(call, "channels", channels, lambda channel: resource_json.worker_channel(state, channel))


def _update(call: Call) -> Result:
    return call.write(_answer, worker_channels.update, call.sids["WorkerSid"], call.sid, call.values)


def _answer(state: WorkspaceState, channel: WorkerChannel, now: Millis) -> Result:
    return Result(resource_json.worker_channel(state, channel))


OPERATIONS = (
    Operation("ListWorkerChannel", "GET", _LIST, _list, Parameters(*PAGING), "worker_channel", "channels"),
    Operation("FetchWorkerChannel", "GET", _ONE, _fetch, returns="worker_channel"),
    Operation("UpdateWorkerChannel", "POST", _ONE, _update, _UPDATE, "worker_channel"),
)
