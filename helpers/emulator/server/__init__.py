"""The emulator as a server: on a thread of this process, or as a process of its own; and the way into its past."""

from __future__ import annotations

from helpers.emulator.server.assembly import BadStart
from helpers.emulator.server.branch import Branch, Origin
from helpers.emulator.server.past import Past
from helpers.emulator.server.replay import Deviation, Replay
from helpers.emulator.server.running import RunningEmulator, start

__all__ = ["BadStart", "Branch", "Deviation", "Origin", "Past", "Replay", "RunningEmulator", "start"]
