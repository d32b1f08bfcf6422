"""Workflows: create, fetch, list, update, delete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ...engine.commands import workflows
from ...engine.model.workflow_configuration import compact_configuration
from ..formatters import resource_json
from ..lists.filters import equal, select
from ..lists.paging import PAGING, list_page
from ..operation import Call, Operation, Result, no_content
from ..parameters.convertors import boolean, integer, text, url
from ..parameters.parameters import Parameters, filter_by, optional, required

if TYPE_CHECKING:
    from ...clock import Millis
    from ...engine.model.resources import Workflow
    from ...engine.state import WorkspaceState

__all__ = ["OPERATIONS"]

_LIST = "/v1/Workspaces/{WorkspaceSid}/Workflows"
_ONE = f"{_LIST}/{{Sid}}"

_LONG = 4096
"""Length from which a configuration is compiled on a thread: it takes milliseconds."""

_NAME = text(max_length=255)
_FILTERS = {"friendly_name": equal("friendly_name")}
_SHARED = (
    optional("AssignmentCallbackUrl", url(), empty="clears"),
    optional("FallbackAssignmentCallbackUrl", url(), empty="clears"),
    optional("TaskReservationTimeout", integer(1, 86_400)),
)
_CREATE = Parameters(required("FriendlyName", _NAME), required("Configuration", text()), *_SHARED)
_FIND = Parameters(filter_by("FriendlyName", text()), *PAGING)
_UPDATE = Parameters(
    optional("FriendlyName", _NAME),
    optional("Configuration", text()),
    *_SHARED,
    optional("ReEvaluateTasks", boolean()),
)


def _create(call: Call) -> Result:
    return _add_hints(call, call.write(_answer, workflows.create, **call.values))


def _fetch(call: Call) -> Result:
    return Result(resource_json.workflow(call.find(call.read().workflows)))


def _list(call: Call) -> Result:
    state = call.read()
    return list_page(call, "workflows", select(call, state, state.workflows, _FILTERS), resource_json.workflow)


def _ahead(call: Call) -> Callable[[], object] | None:
    """Return the compilation of a long configuration, to run on a thread; raise NotFound for an unknown Workflow."""
    workflows_there = call.read().workflows
    if "Sid" in call.sids:
        call.find(workflows_there)
    configuration = call.values.get("configuration") or ""
    return partial(compact_configuration, configuration) if len(configuration) > _LONG else None


def _update(call: Call) -> Result:
    return _add_hints(call, call.write(_answer, workflows.update, call.sid, call.values))


def _delete(call: Call) -> Result:
    return call.write(no_content, workflows.delete, call.sid)


def _answer(state: WorkspaceState, workflow: Workflow, now: Millis) -> Result:
    return Result(resource_json.workflow(workflow))


def _add_hints(call: Call, result: Result) -> Result:
    """Add hints about parts of an accepted configuration that have no effect."""
    if "configuration" in call.values:
        call.hints += workflows.lint(compact_configuration(call.values["configuration"]))
    return result


OPERATIONS = (
    Operation("CreateWorkflow", "POST", _LIST, _create, _CREATE, "workflow", success=201, ahead=_ahead),
    Operation("ListWorkflow", "GET", _LIST, _list, _FIND, "workflow", "workflows"),
    Operation("FetchWorkflow", "GET", _ONE, _fetch, returns="workflow"),
    Operation("UpdateWorkflow", "POST", _ONE, _update, _UPDATE, "workflow", ahead=_ahead),
    Operation("DeleteWorkflow", "DELETE", _ONE, _delete, success=204),
)
