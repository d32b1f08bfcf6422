"""Statistics of a workspace: cumulative, real-time, both in one."""

from __future__ import annotations

from typing import Any

from ...engine.statistics import workspace_cumulative, workspace_realtime
from ..operation import Call
from .statistics_family import StatisticsFamily, read_filters, task_channel, task_figures

__all__ = ["OPERATIONS"]


def _cumulative(call: Call) -> dict[str, Any]:
    call.read()
    found = task_figures(call)
    return {**found.ends, **workspace_cumulative(found.events, **read_filters(call))}


def _realtime(call: Call) -> dict[str, Any]:
    return workspace_realtime(call.read(), call.now, task_channel=task_channel(call))


OPERATIONS = StatisticsFamily(
    name="Workspace",
    schema="workspace",
    path="/v1/Workspaces/{WorkspaceSid}",
    parents={},
    cumulative=_cumulative,
    realtime=_realtime,
).operations()
