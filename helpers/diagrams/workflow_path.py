"""Way of a Task through a Workflow, by the emulator's own rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helpers.emulator.display.safe_text import one_line
from helpers.emulator.engine.model.workflow_configuration import RoutingPlan
from helpers.emulator.engine.routing.matching import task_names

__all__ = ["NOT_ASKED", "FilterResult", "choose_moment", "judge_filters", "read_attributes"]

_ASKS_THE_CLOCK = "not decided: it reads taskrouter.*, so pass a time, for example at=datetime(2026, 3, 2, 9, 30)"


@dataclass(frozen=True)
class FilterResult:
    """Result of a filter: ``takes`` is True if it matches the Task, None if it isn't known or not checked."""

    takes: bool | None
    words: str


NOT_ASKED = FilterResult(None, "not evaluated: an earlier filter matches the Task")


def judge_filters(plan: RoutingPlan, attributes: Mapping[str, Any], at: datetime | None) -> list[FilterResult]:
    """Return a result for each filter; the first match ends the search (reference 4.2)."""
    names = task_names(dict(attributes), 0 if at is None else int(at.timestamp() * 1000))
    found: list[FilterResult] = []
    for each in plan.filters:
        if any(verdict.takes for verdict in found):
            found.append(NOT_ASKED)
        elif at is None and any(path[0] == "taskrouter" for path in each.expression.references):
            found.append(FilterResult(None, _ASKS_THE_CLOCK))
        elif each.expression.matches(names):
            found.append(FilterResult(True, "matches the Task"))
        else:
            failures = each.expression.trace(names).failures()
            found.append(FilterResult(False, one_line("; ".join(failure.reason for failure in failures))))
    return found


def read_attributes(task: Any) -> dict[str, Any] | str:
    """Return the attributes of a Task, a dict or JSON text; or a sentence that says why there are none."""
    given = getattr(task, "attributes", task)
    if isinstance(given, Mapping):
        return dict(given)
    try:
        read = json.loads(given)
    except (TypeError, ValueError, RecursionError):
        read = None
    if isinstance(read, dict):
        return read
    return f"The Task's attributes aren't a JSON object: {one_line(given)}. Pass a Task, a dict, or JSON text."


def choose_moment(task: Any, at: datetime | None) -> datetime | None:
    """Return the time for the filters: ``at``, else the Task's creation, else None."""
    created = getattr(task, "date_created", None)
    return at if at is not None else created if isinstance(created, datetime) else None
