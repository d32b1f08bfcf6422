"""TaskQueues: create, fetch, list, update, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...engine.commands import task_queues
from ...engine.model.attributes import compact, decode
from ...engine.model.resources import TaskQueue
from ...expressions import Scope, parse
from ..formatters import resource_json
from ..lists.filters import Filters, Test, equal, select
from ..lists.paging import PAGING, list_page
from ..operation import Call, Operation, Result, no_content
from ..parameters.convertors import choice, integer, ordering, sid, text
from ..parameters.parameters import Parameters, filter_by, optional, required

if TYPE_CHECKING:
    from ...clock import Millis
    from ...engine.state import WorkspaceState

__all__ = ["OPERATIONS"]

_LIST = "/v1/Workspaces/{WorkspaceSid}/TaskQueues"
_ONE = f"{_LIST}/{{Sid}}"

_NAME = text(max_length=255)
_SHARED = (
    optional("TargetWorkers", text(), empty="value"),
    optional("MaxReservedWorkers", integer(1, 50)),
    optional("TaskOrder", choice("FIFO", "LIFO")),
    optional("ReservationActivitySid", sid("WA"), empty="clears"),
    optional("AssignmentActivitySid", sid("WA"), empty="clears"),
)
_CREATE = Parameters(required("FriendlyName", _NAME), *_SHARED)
_UPDATE = Parameters(optional("FriendlyName", _NAME), *_SHARED)
_FIND = Parameters(
    filter_by("FriendlyName", text()),
    filter_by("EvaluateWorkerAttributes", text(), differs="no limit of 3 requests a second"),
    filter_by("WorkerSid", sid("WK")),
    filter_by("Ordering", ordering({"DateUpdated": "date_updated"})),
    *PAGING,
)


def _matched_by(state: WorkspaceState, attributes: str) -> Test:
    """Return the test for queues that a Worker with these attributes would belong to."""
    names = decode(compact(attributes, "EvaluateWorkerAttributes"))

    def selects(queue: TaskQueue) -> bool:
        target = queue.target_workers
        return bool(target and target.strip()) and parse(target or "", scope=Scope.WORKER).matches(names)

    return selects


def _of_worker(state: WorkspaceState, worker_sid: str) -> Test:
    """Return the test for queues that this Worker belongs to."""
    return lambda queue: worker_sid in state.members(queue.sid)


_FILTERS: Filters = {
    "friendly_name": equal("friendly_name"),
    "worker_sid": _of_worker,
    "evaluate_worker_attributes": _matched_by,
}


def _create(call: Call) -> Result:
    return _add_hints(call, call.write(_answer, task_queues.create, **call.values))


def _fetch(call: Call) -> Result:
    state = call.read()
    return Result(resource_json.task_queue(state, call.find(state.task_queues)))


def _list(call: Call) -> Result:
    state = call.read()
    return list_page(
        call,
        "task_queues",
        select(call, state, state.task_queues, _FILTERS),
        lambda queue: resource_json.task_queue(state, queue),
    )


def _update(call: Call) -> Result:
    return _add_hints(call, call.write(_answer, task_queues.update, call.sid, call.values))


def _delete(call: Call) -> Result:
    return call.write(no_content, task_queues.delete, call.sid)


def _answer(state: WorkspaceState, queue: TaskQueue, now: Millis) -> Result:
    return Result(resource_json.task_queue(state, queue))


def _add_hints(call: Call, result: Result) -> Result:
    """Add hints about parts of an accepted expression that have no effect."""
    if "target_workers" in call.values:
        call.hints += task_queues.lint(call.values["target_workers"])
    return result


OPERATIONS = (
    Operation("CreateTaskQueue", "POST", _LIST, _create, _CREATE, "task_queue", success=201),
    Operation("ListTaskQueue", "GET", _LIST, _list, _FIND, "task_queue", "task_queues"),
    Operation("FetchTaskQueue", "GET", _ONE, _fetch, returns="task_queue"),
    Operation("UpdateTaskQueue", "POST", _ONE, _update, _UPDATE, "task_queue"),
    Operation("DeleteTaskQueue", "DELETE", _ONE, _delete, success=204),
)
