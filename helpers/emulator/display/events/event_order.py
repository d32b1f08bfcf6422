"""Order of a Task's events within a moment, and the end of the Workflow at which it was canceled."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

__all__ = ["WORKFLOW_TIMEOUT", "WorkflowEnd", "place_in_moment", "workflow_end"]

WORKFLOW_TIMEOUT = "Task canceled on Workflow timeout"
"""Reason that TaskRouter gives at each end of a Workflow, even if no time has passed (reference 3.1)."""

_FIRST = {"task.created": 0, "workflow.entered": 1}
"""Events of one moment come in no particular order (reference 8.3); told as a story, these two come first."""
_STEPS = ("workflow.target-matched", "task-queue.timeout", "workflow.skipped")


class WorkflowEnd(Enum):
    """Reason why a Task reached the end of its Workflow."""

    SKIPPED = "its last target was skipped (skip_if)"
    TIMED_OUT = "the timeout of its last target passed"
    TAKEN_BY_NONE = "no filter matched, and there is no default filter"


def place_in_moment(event_type: object) -> int:
    """Return the sort key for events of the same millisecond; equal ones keep their order."""
    return _FIRST.get(str(event_type), len(_FIRST))


def workflow_end(event_types: Iterable[object]) -> WorkflowEnd:
    """Return the end that a canceled Task reached, by the last step in its events, oldest first."""
    steps = [str(each) for each in event_types if each in _STEPS]
    last = steps[-1] if steps else None
    ends = {"workflow.skipped": WorkflowEnd.SKIPPED, "task-queue.timeout": WorkflowEnd.TIMED_OUT}
    return ends.get(last or "", WorkflowEnd.TAKEN_BY_NONE)
