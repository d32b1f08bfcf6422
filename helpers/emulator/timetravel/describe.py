"""A command of a history in words."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from ..api.operation import Asked, Call
from ..engine.commands import instruction_commands
from ..history import HistoryEntry
from ..masking import masked

__all__ = ["described", "instruction_of"]

_LONGEST_VALUE = 60
_SHORT_SID = 6


def described(entry: HistoryEntry) -> str:
    """What was asked, as one line: ``Update Reservation WR1d2c…: reservation_status=accepted``."""
    command = entry.command
    if isinstance(command, Asked):
        return _request(command.call)
    if command is instruction_commands.answer:
        instruction = instruction_of(entry)
        return f"the callback's answer, {f'instruction {instruction!r}' if instruction else 'without an instruction'}"
    if command is instruction_commands.give_up:
        return "nobody answered the callback, so its Reservation was canceled"
    return command.__name__.strip("_").replace("_", " ")


def instruction_of(entry: HistoryEntry) -> str | None:
    """What the answer to an assignment callback wanted; None if it wanted nothing, or is no answer."""
    if entry.command is not instruction_commands.answer:
        return None
    body = entry.args[1].body
    document = msgspec.json.decode(body) if body.strip() else {}
    wanted = document.get("instruction")
    return wanted if isinstance(wanted, str) else None


def _request(call: Call) -> str:
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", call.operation.name)
    words = re.sub(r"(Task|Worker) Reservation", "Reservation", words)  # by either way it is the same one
    named = f" {call.sid[:_SHORT_SID]}…" if "{Sid}" in call.operation.path else ""
    given = ", ".join(f"{name}={_clipped(value)}" for name, value in call.values.items())
    return f"{words}{named}: {given}" if given else f"{words}{named}"


def _clipped(value: Any) -> str:
    text = masked(value if isinstance(value, str) else msgspec.json.encode(value).decode())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
