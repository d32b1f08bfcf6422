"""Server of the emulator, on a thread of this process or as a process of its own."""

from __future__ import annotations

from ..emulator_errors import BadStart
from .running import RunningEmulator, start

__all__ = ["BadStart", "RunningEmulator", "start"]
