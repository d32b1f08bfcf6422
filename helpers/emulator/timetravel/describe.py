"""Description of a command in one line."""

from __future__ import annotations

from typing import Any

import msgspec

from ..engine.callbacks.callback_reply import ReplyContent
from ..engine.commands import instruction_commands
from ..history import HistoryEntry
from ..masking import mask

__all__ = ["describe", "instruction_of"]

_LONGEST_VALUE = 60
_SHORT_SID = 6

_RESOURCES = {
    "activities": "Activity",
    "reservations": "Reservation",
    "task_channels": "Task Channel",
    "task_queues": "Task Queue",
    "tasks": "Task",
    "worker_channels": "Worker Channel",
    "workers": "Worker",
    "workflows": "Workflow",
    "workspaces": "Workspace",
}
"""Resource by the module of ``engine.commands``, whose commands are named like its requests."""


def describe(entry: HistoryEntry) -> str:
    """Return a command as one line: ``Update Reservation WR1d2c…: reservation_status=accepted``."""
    function = entry.command.function
    resource = _RESOURCES.get(function.__module__.rpartition(".")[2])
    if resource is not None:
        return _request(entry, resource)
    if function is instruction_commands.answer:
        instruction = instruction_of(entry)
        return f"the callback's answer, {f'instruction {instruction!r}' if instruction else 'without an instruction'}"
    if function is instruction_commands.give_up:
        return "nobody answered the callback, so its Reservation was canceled"
    return function.__name__.strip("_").replace("_", " ")


def instruction_of(entry: HistoryEntry) -> str | None:
    """Return the instruction in the reply to an assignment callback; None for a reply without one, or no reply."""
    if entry.command.function is not instruction_commands.answer:
        return None
    reply: ReplyContent = entry.command.args[1]
    return reply.instruction


def _request(entry: HistoryEntry, resource: str) -> str:
    """Describe a command that creates something, or one whose last SID names what it updates or deletes."""
    action, args, values = entry.command.function.__name__, entry.command.args, entry.command.arguments
    words = f"{action.capitalize()} {resource}"
    if action != "create":
        sids = [entry.workspace_sid or "", *(each for each in args if isinstance(each, str))]
        words += f" {sids[-1][:_SHORT_SID]}…"
        values = next((each for each in args if isinstance(each, dict)), {})
    given = ", ".join(f"{name}={_clip(value)}" for name, value in values.items())
    return f"{words}: {given}" if given else words


def _clip(value: Any) -> str:
    text = mask(value if isinstance(value, str) else msgspec.json.encode(value).decode())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
