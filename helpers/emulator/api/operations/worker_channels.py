"""WorkerChannels: fetch, list, update; by their own SID, or the TaskChannel's SID or unique name."""

from __future__ import annotations

from helpers.emulator.api import wire
from helpers.emulator.api.kinds import boolean, integer
from helpers.emulator.api.operation import Call, Operation, Reply
from helpers.emulator.api.paging import PAGING, Few, list_page
from helpers.emulator.api.parameters import Parameters, optional
from helpers.emulator.engine import worker_channels
from helpers.emulator.engine.refusals import NotFound
from helpers.emulator.engine.turn import Turn

__all__ = ["OPERATIONS"]

_LIST = "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels"
_ONE = f"{_LIST}/{{Sid}}"

_UPDATE = Parameters(optional("Capacity", integer(0, 2**31 - 1)), optional("Available", boolean()))


def _fetch(call: Call) -> Reply:
    state = call.read()
    channel = state.worker_channel(call.sids["WorkerSid"], call.sid)
    if channel is None:
        call.find(state.workers, "WorkerSid")
        raise NotFound(call.path)
    return Reply(wire.worker_channel(state, channel))


def _list(call: Call) -> Reply:
    state = call.read()
    worker = call.find(state.workers, "WorkerSid")
    channels = Few(state.channels_of(worker.sid).values())
    return list_page(call, "channels", channels, lambda channel: wire.worker_channel(state, channel))


def _update(call: Call) -> Reply:
    def update(turn: Turn) -> Reply:
        channel = worker_channels.update(turn, call.sids["WorkerSid"], call.sid, call.values)
        return Reply(wire.worker_channel(turn.state, channel))

    return call.write(update)


OPERATIONS = (
    Operation("ListWorkerChannel", "GET", _LIST, _list, Parameters(*PAGING), "worker_channel", "channels"),
    Operation("FetchWorkerChannel", "GET", _ONE, _fetch, returns="worker_channel"),
    Operation("UpdateWorkerChannel", "POST", _ONE, _update, _UPDATE, "worker_channel"),
)
