"""Statistics of TaskQueues: of one (cumulative, real-time, both), of all in a list, of some in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...engine.model.refusals import Invalid
from ...engine.model.resources import TaskQueue
from ...engine.statistics import queue_cumulative, queue_realtime
from ..http.bodies import read_json
from ..lists.filters import equal, select
from ..lists.paging import PAGING, list_page
from ..operation import Call, Operation, Result
from ..parameters.convertors import sid, text
from ..parameters.parameters import Parameters, filter_by, required
from .statistics_family import (
    TASK_FIGURES,
    StatisticsFamily,
    Windowed,
    answer,
    read_filters,
    task_channel,
    task_figures,
)

if TYPE_CHECKING:
    from ...engine.state import WorkspaceState

__all__ = ["OPERATIONS"]

_QUEUES = "/v1/Workspaces/{WorkspaceSid}/TaskQueues"
_MAX_BULK = 50

_FIND = Parameters(filter_by("FriendlyName", text()), *TASK_FIGURES, *PAGING)
_FILTERS = {"friendly_name": equal("friendly_name")}
_BULK_NAMES = ("queueSids", "QueueSids")
"""Both spellings are in Twilio's documentation: the first in its example, the second in its table (reference 9.2g)."""
_BULK_SID = required("QueueSids", sid("WQ"))
_BULK_SIDS = {"type": "array", "items": _BULK_SID.kind.schema, "minItems": 1, "maxItems": _MAX_BULK}
_BULK_SCHEMA = {
    "type": "object",
    "properties": dict.fromkeys(_BULK_NAMES, _BULK_SIDS),
    "anyOf": [{"required": [name]} for name in _BULK_NAMES],
}


def _cumulative(call: Call) -> dict[str, Any]:
    queue = call.find(call.read().task_queues, "TaskQueueSid")
    return _cumulative_of(call, queue, task_figures(call))


def _realtime(call: Call) -> dict[str, Any]:
    state = call.read()
    return _realtime_of(call, state, call.find(state.task_queues, "TaskQueueSid").sid)


def _cumulative_of(call: Call, queue: TaskQueue, found: Windowed) -> dict[str, Any]:
    return {**found.ends, **queue_cumulative(found.events, queue, **read_filters(call))}


def _realtime_of(call: Call, state: WorkspaceState, task_queue_sid: str) -> dict[str, Any]:
    return queue_realtime(state, task_queue_sid, call.now, task_channel=task_channel(call))


def _list(call: Call) -> Result:
    state = call.read()
    found = task_figures(call)

    def body(queue: TaskQueue) -> dict[str, Any]:
        return {
            "account_sid": queue.account_sid,
            "workspace_sid": queue.workspace_sid,
            "task_queue_sid": queue.sid,
            "cumulative": _cumulative_of(call, queue, found),
            "realtime": _realtime_of(call, state, queue.sid),
        }

    queues = select(call, state, state.task_queues, _FILTERS)
    return list_page(call, "task_queues_statistics", queues, body)


def _bulk(call: Call) -> Result:
    """Return figures of each queue in the request; one that does not exist has zeros (reference 9.2g)."""
    state = call.read()
    wanted = dict.fromkeys(_bulk_sids(call.body))
    data = [{"task_queue_sid": each, **_realtime_of(call, state, each)} for each in wanted]
    return answer(call, {"task_queue_data": data, "task_queue_response_count": len(data)})


def _bulk_sids(body: bytes) -> list[str]:
    document = read_json(body)
    given = document if isinstance(document, dict) else {}
    sids = next((given[name] for name in _BULK_NAMES if name in given), None)
    if not isinstance(sids, list) or not 1 <= len(sids) <= _MAX_BULK or not all(isinstance(each, str) for each in sids):
        raise Invalid(f'The request body must be JSON such as {{"queueSids": ["WQ..."]}}, with 1 to {_MAX_BULK} SIDs')
    return [_BULK_SID.read(each) for each in sids]


OPERATIONS = (
    *StatisticsFamily(
        name="TaskQueue",
        schema="task_queue",
        path=f"{_QUEUES}/{{TaskQueueSid}}",
        parents={"task_queue_sid": "TaskQueueSid"},
        cumulative=_cumulative,
        realtime=_realtime,
    ).operations(),
    Operation(
        "ListTaskQueuesStatistics",
        "GET",
        f"{_QUEUES}/Statistics",
        _list,
        _FIND,
        "task_queues_statistics",
        "task_queues_statistics",
    ),
    Operation(
        "CreateTaskQueueBulkRealTimeStatistics",
        "POST",
        f"{_QUEUES}/RealTimeStatistics",
        _bulk,
        returns="task_queue_bulk_real_time_statistics",
        json_schema=_BULK_SCHEMA,
    ),
)
