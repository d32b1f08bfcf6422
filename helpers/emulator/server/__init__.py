"""The emulator as a server: on a thread of this process, or as a process of its own. ``past`` leads back in time."""

from __future__ import annotations

from helpers.emulator.server.assembly import BadStart
from helpers.emulator.server.running import RunningEmulator, start

__all__ = ["BadStart", "RunningEmulator", "start"]
