"""Workers: create, fetch, list, update, delete."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ...engine.commands import workers
from ...engine.model.attributes import MAX_ATTRIBUTES, decode
from ...engine.model.resources import Activity, Worker
from ...engine.routing.matching import worker_names
from ...expressions import Expression, Scope
from ..formatters import resource_json
from ..lists.filters import Exact, Filters, Test, among, equal, parse_expression, select
from ..lists.paging import PAGING, list_page
from ..operation import Call, Operation, Result, no_content
from ..parameters.convertors import boolean, ordering, sid, text
from ..parameters.parameters import Parameters, filter_by, optional, required

if TYPE_CHECKING:
    from ...clock import Millis
    from ...engine.state import WorkspaceState

__all__ = ["FILTERS", "OPERATIONS"]

_LIST = "/v1/Workspaces/{WorkspaceSid}/Workers"
_ONE = f"{_LIST}/{{Sid}}"

_NAME = text(max_length=64)
_ATTRIBUTES = text(max_length=MAX_ATTRIBUTES)
_CREATE = Parameters(
    required("FriendlyName", _NAME),
    optional("ActivitySid", sid("WA")),
    optional("Attributes", _ATTRIBUTES, empty="value"),
)
_FIND = Parameters(
    filter_by("ActivityName", text()),
    filter_by("ActivitySid", sid("WA")),
    filter_by("Available", boolean()),
    filter_by("FriendlyName", text()),
    filter_by("TargetWorkersExpression", text(), differs="no limit of 3 requests a second"),
    filter_by("TaskQueueName", text()),
    filter_by("TaskQueueSid", sid("WQ")),
    filter_by("Ordering", ordering({"DateStatusChanged": "date_status_changed"})),
    *PAGING,
)
_UPDATE = Parameters(
    optional("ActivitySid", sid("WA")),
    optional("Attributes", _ATTRIBUTES, empty="value"),
    optional("FriendlyName", _NAME),
    optional("RejectPendingReservations", boolean()),
)


def _activity_named(state: WorkspaceState, name: str) -> Exact:
    return _in_activities(each for each in state.activities.values() if each.friendly_name == name)


def _available(state: WorkspaceState, wanted: bool) -> Exact:
    return _in_activities(each for each in state.activities.values() if each.available == wanted)


def _in_activities(activities: Iterable[Activity]) -> Exact:
    return among("activity_sid", {activity.sid for activity in activities})


def _in_queue(state: WorkspaceState, task_queue_sid: str) -> Exact:
    members = state.members(task_queue_sid)
    return Exact("task_queue_sid", [task_queue_sid], lambda worker: worker.sid in members)


def _in_queue_named(state: WorkspaceState, name: str) -> Exact:
    queue = state.find_task_queue(name)
    return _in_queue(state, "" if queue is None else queue.sid)


def _expression(text: str) -> Expression:
    return parse_expression(text, Scope.WORKER_FILTER, "TargetWorkersExpression")


def _matching(state: WorkspaceState, text: str) -> Test:
    """Return the test by an expression over the attributes and four fields of a Worker (reference 1.8)."""
    expression = _expression(text)

    def matches(worker: Worker) -> bool:
        activity = state.activities[worker.activity_sid]
        return expression.matches(
            worker_names(
                decode(worker.attributes), worker.sid, worker.friendly_name, activity.sid, activity.friendly_name
            )
        )

    return matches


FILTERS: Filters = {
    "activity_name": _activity_named,
    "activity_sid": equal("activity_sid"),
    "available": _available,
    "friendly_name": equal("friendly_name"),
    "task_queue_name": _in_queue_named,
    "task_queue_sid": _in_queue,
    "target_workers_expression": _matching,
}
"""Filters of Workers, for lists and for statistics."""


def _create(call: Call) -> Result:
    return call.write(_answer, workers.create, **call.values)


def _fetch(call: Call) -> Result:
    state = call.read()
    return _answer(state, call.find(state.workers), call.now)


def _list(call: Call) -> Result:
    state = call.read()
    call.hints += _find_hints(state, call.values)
    return list_page(
        call,
        "workers",
        select(call, state, state.workers, FILTERS),
        lambda worker: resource_json.worker(state, worker),
    )


def _find_hints(state: WorkspaceState, given: dict[str, Any]) -> list[str]:
    """Return hints about filters by names that don't exist, and about parts of an expression without effect."""
    hints, activity, queue = [], given.get("activity_name"), given.get("task_queue_name")
    if (expression := given.get("target_workers_expression")) is not None:
        hints += _expression(expression).notes()
    if activity is not None and all(each.friendly_name != activity for each in state.activities.values()):
        hints.append(f"No Activity is called {activity!r}, so no Worker is listed.")
    if queue is not None and state.find_task_queue(queue) is None:
        hints.append(f"No TaskQueue is called {queue!r}, so no Worker is listed.")
    return hints


def _update(call: Call) -> Result:
    return call.write(_answer, workers.update, call.sid, call.values, if_match=call.if_match)


def _delete(call: Call) -> Result:
    return call.write(no_content, workers.delete, call.sid, if_match=call.if_match)


def _answer(state: WorkspaceState, worker: Worker, now: Millis) -> Result:
    return Result(resource_json.worker(state, worker), worker.version)


OPERATIONS = (
    Operation("CreateWorker", "POST", _LIST, _create, _CREATE, "worker", success=201),
    Operation("ListWorker", "GET", _LIST, _list, _FIND, "worker", "workers"),
    Operation("FetchWorker", "GET", _ONE, _fetch, returns="worker"),
    Operation("UpdateWorker", "POST", _ONE, _update, _UPDATE, "worker", takes_if_match=True),
    Operation("DeleteWorker", "DELETE", _ONE, _delete, success=204, takes_if_match=True),
)
