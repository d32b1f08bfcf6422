"""Statistics of all Workers (cumulative, real-time, both) and of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...engine import statistics
from ...engine.model.refusals import Invalid
from ..lists.filters import filter_all
from ..operation import Call, Operation, Result
from ..parameters.convertors import sid, text
from ..parameters.parameters import Parameter, Parameters, filter_by
from ..parameters.time_windows import WINDOW
from .statistics_family import answer, task_channel, worker_figures
from .workers import FILTERS

if TYPE_CHECKING:
    from ...engine.state import WorkspaceState

__all__ = ["OPERATIONS"]

_WORKERS = "/v1/Workspaces/{WorkspaceSid}/Workers"
_MAX_WORKERS = 100
"""Limit for statistics of all Workers; larger Workspaces don't get them (reference 11k)."""

_CHANNEL = filter_by("TaskChannel", text())
_NOW_CHANNEL = filter_by("TaskChannel", text(), differs="changes nothing: an Activity is on all channels")
_WORKER_FILTERS: tuple[Parameter, ...] = (
    filter_by("TaskQueueSid", sid("WQ")),
    filter_by("TaskQueueName", text()),
    filter_by("FriendlyName", text()),
)


def _cumulative(call: Call) -> Result:
    return answer(call, _cumulative_of(call, _read_small_workspace(call), None))


def _realtime(call: Call) -> Result:
    return answer(call, statistics.workers_realtime(_read_small_workspace(call)))


def _both(call: Call) -> Result:
    state = _read_small_workspace(call)
    chosen = [worker.sid for worker in filter_all(call, state, state.workers.values(), FILTERS)]
    figures = {
        "cumulative": _cumulative_of(call, state, chosen),
        "realtime": statistics.workers_realtime(state, worker_sids=chosen),
    }
    return answer(call, figures)


def _one(call: Call) -> Result:
    state = call.read()
    worker = call.find(state.workers, "WorkerSid")
    found = worker_figures(call, worker.sid)
    figures = statistics.worker_cumulative(
        state, found.events, worker.sid, found.window, task_channel=task_channel(call)
    )
    return answer(call, {"cumulative": {**found.ends, **figures}}, worker_sid=worker.sid)


def _read_small_workspace(call: Call) -> WorkspaceState:
    state = call.read()
    if len(state.workers) > _MAX_WORKERS:
        raise Invalid(
            f"Statistics of all Workers are available up to {_MAX_WORKERS} Workers; "
            f"workspace {call.workspace_sid} has {len(state.workers)}. Ask for one Worker or one TaskQueue"
        )
    return state


def _cumulative_of(call: Call, state: WorkspaceState, worker_sids: list[str] | None) -> dict[str, Any]:
    found = worker_figures(call)
    figures = statistics.workers_cumulative(
        state, found.events, found.window, worker_sids=worker_sids, task_channel=task_channel(call)
    )
    return {**found.ends, **figures}


OPERATIONS = (
    Operation(
        "FetchWorkersCumulativeStatistics",
        "GET",
        f"{_WORKERS}/CumulativeStatistics",
        _cumulative,
        Parameters(*WINDOW, _CHANNEL),
        "workers_cumulative_statistics",
    ),
    Operation(
        "FetchWorkersRealTimeStatistics",
        "GET",
        f"{_WORKERS}/RealTimeStatistics",
        _realtime,
        Parameters(_NOW_CHANNEL),
        "workers_real_time_statistics",
    ),
    Operation(
        "FetchWorkerStatistics",
        "GET",
        f"{_WORKERS}/Statistics",
        _both,
        Parameters(*WINDOW, *_WORKER_FILTERS, _CHANNEL),
        "worker_statistics",
    ),
    Operation(
        "FetchWorkerInstanceStatistics",
        "GET",
        f"{_WORKERS}/{{WorkerSid}}/Statistics",
        _one,
        Parameters(*WINDOW, _CHANNEL),
        "worker_instance_statistics",
    ),
)
