"""The assignment callback as a decision function gets it: Twilio's parameters with their types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

__all__ = ["AssignmentCallback"]


@dataclass(frozen=True, eq=False)
class AssignmentCallback(Mapping[str, str]):
    """Assignment callback: TaskRouter reserved a Worker for a Task and asks what to do next.

    Fields are typed; ``callback["TaskSid"]`` and ``dict(callback)`` give Twilio's parameters as sent.
    A missing or unreadable parameter is an empty text, an empty dict or 0, so that reading never fails.
    ``task_age`` is in seconds. Source: reference 7.1a.
    """

    account_sid: str
    workspace_sid: str
    workflow_sid: str
    task_queue_sid: str
    task_sid: str
    task_attributes: dict[str, Any]
    task_age: int
    task_priority: int
    worker_sid: str
    worker_attributes: dict[str, Any]
    reservation_sid: str
    parameters: dict[str, str]

    @classmethod
    def read(cls, parameters: Mapping[str, str | list[str]]) -> Self:
        """Return the callback with these ``parameters``; of several values of one name the first counts."""
        first = {name: value[0] if isinstance(value, list) else value for name, value in parameters.items()}
        return cls(
            account_sid=first.get("AccountSid", ""),
            workspace_sid=first.get("WorkspaceSid", ""),
            workflow_sid=first.get("WorkflowSid", ""),
            task_queue_sid=first.get("TaskQueueSid", ""),
            task_sid=first.get("TaskSid", ""),
            task_attributes=_object(first.get("TaskAttributes", "")),
            task_age=_number(first.get("TaskAge", "")),
            task_priority=_number(first.get("TaskPriority", "")),
            worker_sid=first.get("WorkerSid", ""),
            worker_attributes=_object(first.get("WorkerAttributes", "")),
            reservation_sid=first.get("ReservationSid", ""),
            parameters=first,
        )

    def __getitem__(self, name: str) -> str:
        return self.parameters[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.parameters)

    def __len__(self) -> int:
        return len(self.parameters)


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0
