"""Server of the emulator, on a thread of this process, as a process of its own, or in place, without threads."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..emulator_errors import BadStart

if TYPE_CHECKING:
    from .machine.start import start
    from .running import RunningEmulator

__all__ = ["BadStart", "RunningEmulator", "start"]

_HOMES = {"RunningEmulator": ".running", "start": ".machine.start"}
"""Modules of what is loaded when it is first used: a server in place needs no web server."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
