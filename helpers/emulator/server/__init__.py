"""The emulator as a server: on a thread of this process, or as a process of its own. ``past`` leads back in time."""

from __future__ import annotations

from .factory import BadStart
from .running import RunningEmulator, start

__all__ = ["BadStart", "RunningEmulator", "start"]
