"""Statistics of a workflow: cumulative, real-time, both in one."""

from __future__ import annotations

from typing import Any

from ...engine.statistics import workflow_cumulative, workflow_realtime
from ..operation import Call
from .statistics_family import StatisticsFamily, read_filters, task_channel, task_figures

__all__ = ["OPERATIONS"]


def _cumulative(call: Call) -> dict[str, Any]:
    workflow = call.find(call.read().workflows, "WorkflowSid")
    found = task_figures(call)
    return {**found.ends, **workflow_cumulative(found.events, workflow.sid, **read_filters(call))}


def _realtime(call: Call) -> dict[str, Any]:
    state = call.read()
    workflow = call.find(state.workflows, "WorkflowSid")
    return workflow_realtime(state, workflow.sid, call.now, task_channel=task_channel(call))


OPERATIONS = StatisticsFamily(
    name="Workflow",
    schema="workflow",
    path="/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}",
    parents={"workflow_sid": "WorkflowSid"},
    cumulative=_cumulative,
    realtime=_realtime,
).operations()
