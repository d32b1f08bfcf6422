"""Windows, events and responses of all statistics (reference 9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from ...engine.model.refusals import Invalid
from ...engine.model.resources import Event
from ...engine.statistics import TASK_EVENTS, WORKER_EVENTS
from ..formatters.resource_json import HOST, iso
from ..operation import Call, Operation, Result
from ..parameters.convertors import seconds_list, text
from ..parameters.parameters import Parameter, Parameters, filter_by
from ..parameters.time_windows import KEPT_MS, WINDOW, Window, read_window

__all__ = [
    "TASK_FIGURES",
    "StatisticsFamily",
    "Windowed",
    "answer",
    "read_filters",
    "task_channel",
    "task_figures",
    "worker_figures",
]

_CHANNEL = filter_by("TaskChannel", text())
TASK_FIGURES: tuple[Parameter, ...] = (*WINDOW, _CHANNEL, filter_by("SplitByWaitTime", seconds_list()))
"""Parameters of cumulative statistics of Tasks."""


class Windowed(msgspec.Struct, frozen=True):
    """Window of time with events."""

    window: Window
    events: list[Event]

    @property
    def ends(self) -> dict[str, str]:
        """Ends of the window, as all cumulative statistics return them."""
        return {"start_time": iso(self.window.start_ms), "end_time": iso(self.window.end_ms)}


def task_figures(call: Call) -> Windowed:
    """Return the window of the request, with the events of Tasks in it."""
    return _read_events(call, TASK_EVENTS)


def worker_figures(call: Call, worker_sid: str | None = None) -> Windowed:
    """Return the window of the request, with the events of Workers from its start up to now."""
    return _read_events(call, WORKER_EVENTS, worker_sid=worker_sid, until_now=True)


def _read_events(
    call: Call, event_types: tuple[str, ...], *, worker_sid: str | None = None, until_now: bool = False
) -> Windowed:
    """Return the window of the request, with its events of certain types.

    Raises:
        Invalid: it starts more than 30 days ago (reference 9.1a).
    """
    window = read_window(call.values, call.now)
    if window.start_ms < call.now - KEPT_MS:
        raise Invalid("The window must not begin more than 30 days ago; statistics reach no further back")
    events = call.emulator.store.events(
        call.workspace_sid,
        start_ms=window.start_ms,
        end_ms=None if until_now else window.end_ms,
        event_type=event_types,
        worker_sid=worker_sid,
    )
    return Windowed(window, events)


def task_channel(call: Call) -> str | None:
    """Return the SID or unique name of the TaskChannel in the request, if it has one."""
    name: str | None = call.values.get("task_channel")
    return name


def read_filters(call: Call) -> dict[str, Any]:
    """Return the TaskChannel and the thresholds of the request as arguments of the engine."""
    return {"task_channel": task_channel(call), "thresholds": call.values.get("split_by_wait_time", ())}


def answer(call: Call, figures: dict[str, Any], **parents: str) -> Result:
    """Return ``figures`` with the SIDs of their resource and the URL of the request."""
    owner = {"account_sid": call.account_sid, "workspace_sid": call.workspace_sid}
    return Result({**owner, **parents, **figures, "url": HOST + call.path})


class StatisticsFamily(msgspec.Struct, frozen=True):
    """Three statistics of Workspaces, Workflows or TaskQueues.

    Args:
        name: as Twilio's operations spell it, such as ``TaskQueue``.
        schema: the first part of the names of the schemas.
        path: path of the resource, to which each adds its own.
        parents: property of the response → name of the SID in the path.
        cumulative, realtime: functions that return the figures.
    """

    name: str
    schema: str
    path: str
    parents: dict[str, str]
    cumulative: Callable[[Call], dict[str, Any]]
    realtime: Callable[[Call], dict[str, Any]]

    def operations(self) -> tuple[Operation, ...]:
        """Return the operations: cumulative, real-time, and both in one."""
        both, now = Parameters(*TASK_FIGURES), Parameters(_CHANNEL)
        return (
            self._operation("CumulativeStatistics", "cumulative_statistics", self.cumulative, both),
            self._operation("RealTimeStatistics", "real_time_statistics", self.realtime, now),
            self._operation("Statistics", "statistics", self._both, both),
        )

    def _both(self, call: Call) -> dict[str, Any]:
        return {"cumulative": self.cumulative(call), "realtime": self.realtime(call)}

    def _operation(
        self, kind: str, schema: str, figures: Callable[[Call], dict[str, Any]], parameters: Parameters
    ) -> Operation:
        def fetch(call: Call) -> Result:
            parents = {name: call.sids[in_path] for name, in_path in self.parents.items()}
            return answer(call, figures(call), **parents)

        returns = f"{self.schema}_{schema}"
        return Operation(f"Fetch{self.name}{kind}", "GET", f"{self.path}/{kind}", fetch, parameters, returns)
