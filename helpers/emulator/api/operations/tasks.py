"""Tasks: create, fetch, list, update, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...clock import Millis
from ...engine.commands import tasks
from ...engine.model.attributes import MAX_ATTRIBUTES, decode
from ...engine.model.resources import Task
from ...engine.model.statuses import TASK_MOVES
from ...engine.routing.matching import task_names
from ...expressions import Scope
from ..formatters import task_json
from ..lists.filters import Exact, Filters, Test, among, equal, parse_expression, select, within
from ..lists.paging import PAGING, list_page
from ..operation import Call, Operation, Result, no_content
from ..parameters.convertors import Convertor, boolean, choice, integer, moment, ordering, sid, text
from ..parameters.parameters import Parameters, filter_by, optional

if TYPE_CHECKING:
    from ...engine.state import WorkspaceState

__all__ = ["OPERATIONS"]

_LIST = "/v1/Workspaces/{WorkspaceSid}/Tasks"
_ONE = f"{_LIST}/{{Sid}}"

_ATTRIBUTES = text(max_length=MAX_ATTRIBUTES)
_PRIORITY = integer(0, 2**31 - 1)
_CHANNEL = text(max_length=64)
_TARGET_SID = sid("WK", "WQ", "WW")
_ROUTING_TARGET = Convertor(str, _TARGET_SID.schema)
"""Convertor that accepts any text: the engine refuses a malformed SID, naming Workspace and account as Twilio does."""
_STATUS = choice(*TASK_MOVES)
_CREATE = Parameters(
    optional("Timeout", integer(1, 1_209_600)),
    optional("Priority", _PRIORITY),
    optional("TaskChannel", _CHANNEL),
    optional("WorkflowSid", sid("WW")),
    optional("Attributes", _ATTRIBUTES, empty="value"),
    optional("VirtualStartTime", moment()),
    optional("RoutingTarget", _ROUTING_TARGET),
    optional("IgnoreCapacity", boolean(), empty="value"),
    optional("TaskQueueSid", sid("WQ")),
)
_FIND = Parameters(
    filter_by("Priority", _PRIORITY),
    filter_by("AssignmentStatus", _STATUS, is_list=True),
    filter_by("WorkflowSid", sid("WW")),
    filter_by("WorkflowName", text()),
    filter_by("TaskQueueSid", sid("WQ")),
    filter_by("TaskQueueName", text()),
    filter_by("EvaluateTaskAttributes", text(), differs="no limit of 3 requests a second"),
    filter_by("RoutingTarget", _TARGET_SID),
    filter_by(
        "Ordering",
        ordering(
            {"DateCreated": "date_created", "Priority": "priority", "VirtualStartTime": "virtual_start_time"},
            never_together=frozenset({"DateCreated", "VirtualStartTime"}),
        ),
    ),
    filter_by("HasAddons", boolean(), differs="no Task here has add-ons"),
    *PAGING,
)
_UPDATE = Parameters(
    optional("Attributes", _ATTRIBUTES, empty="value"),
    optional("AssignmentStatus", _STATUS),
    optional("Reason", text(max_length=4096), empty="value"),
    optional("Priority", _PRIORITY),
    optional("TaskChannel", _CHANNEL),
    optional("VirtualStartTime", moment()),
)


def _of_workflow_named(state: WorkspaceState, name: str) -> Exact:
    named = state.workflows.listing({"friendly_name": [name]})
    return among("workflow_sid", {workflow.sid for workflow in named.after()})


def _in_queue_named(state: WorkspaceState, name: str) -> Exact:
    queue = state.find_task_queue(name)
    return among("task_queue_sid", set() if queue is None else {queue.sid})


def _with_addons(state: WorkspaceState, wanted: bool) -> Exact | Test:
    return among("workflow_sid", ()) if wanted else lambda task: True


_FILTERS: Filters = {
    "priority": equal("priority"),
    "assignment_status": within("assignment_status"),
    "workflow_sid": equal("workflow_sid"),
    "workflow_name": _of_workflow_named,
    "task_queue_sid": equal("task_queue_sid"),
    "task_queue_name": _in_queue_named,
    "routing_target": equal("routing_target"),
    "has_addons": _with_addons,
}


def _matching(call: Call) -> Filters:
    """Return the filter by an expression, which can read the time of day."""
    now = call.now

    def make(state: WorkspaceState, text: str) -> Test:
        expression = parse_expression(text, Scope.TASK, "EvaluateTaskAttributes")
        return lambda task: expression.matches(task_names(decode(task.attributes), now))

    return {"evaluate_task_attributes": make}


def _create(call: Call) -> Result:
    return call.write(_answer, tasks.create, **call.values)


def _fetch(call: Call) -> Result:
    state = call.read()
    return _answer(state, call.find(state.tasks), call.now)


def _list(call: Call) -> Result:
    state, now = call.read(), call.now
    return list_page(
        call,
        "tasks",
        select(call, state, state.tasks, {**_FILTERS, **_matching(call)}),
        lambda task: task_json.task(state, task, now),
    )


def _update(call: Call) -> Result:
    return call.write(_answer, tasks.update, call.sid, call.values, if_match=call.if_match)


def _delete(call: Call) -> Result:
    return call.write(no_content, tasks.delete, call.sid, if_match=call.if_match)


def _answer(state: WorkspaceState, task: Task, now: Millis) -> Result:
    return Result(task_json.task(state, task, now), task.version)


OPERATIONS = (
    Operation("CreateTask", "POST", _LIST, _create, _CREATE, "task", success=201),
    Operation("ListTask", "GET", _LIST, _list, _FIND, "task", "tasks"),
    Operation("FetchTask", "GET", _ONE, _fetch, returns="task"),
    Operation("UpdateTask", "POST", _ONE, _update, _UPDATE, "task", takes_if_match=True),
    Operation("DeleteTask", "DELETE", _ONE, _delete, success=204, takes_if_match=True),
)
