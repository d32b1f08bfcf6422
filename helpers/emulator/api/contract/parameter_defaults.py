"""Default values of an operation's parameters, read from the signature of its command."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from ...engine.commands import activities, task_channels, task_queues, tasks, workers, workflows, workspaces
from ..operation import Operation

__all__ = ["parameter_defaults"]

_COMMANDS: dict[str, Callable[..., Any]] = {
    "CreateWorkspace": workspaces.create,
    "CreateActivity": activities.create,
    "CreateTaskChannel": task_channels.create,
    "CreateTaskQueue": task_queues.create,
    "CreateWorker": workers.create,
    "CreateWorkflow": workflows.create,
    "CreateTask": tasks.create,
}


def parameter_defaults(operation: Operation) -> dict[str, Any]:
    """Return the defaults by parameter name; a parameter that is required or stays null has none."""
    if operation.name not in _COMMANDS:
        return {}
    signature = inspect.signature(_COMMANDS[operation.name]).parameters
    found = {each.name: signature[each.key].default for each in operation.parameters.all}
    return {name: value for name, value in found.items() if value not in (None, inspect.Parameter.empty)}
