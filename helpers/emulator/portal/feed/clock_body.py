"""Clock as the portal gets it, with the timers that fire next."""

from __future__ import annotations

from itertools import islice
from typing import Any

from ...server.administration.administration import Administration

__all__ = ["clock_body"]

_SHOWN = 50
"""Number of timers in a message."""


def clock_body(controls: Administration, account_sid: str) -> dict[str, Any]:
    """Return the clock, and the next timers of the account's Workspaces.

    ``more_timers`` is the number of those that are left out.
    """
    emulator = controls.emulator
    timers, running = emulator.world.timers, emulator.clock.is_running
    own = {workspace.sid for workspace in emulator.workspaces(account_sid)}
    shown = [timer._asdict() for timer in islice(controls.timers(own.__contains__), _SHOWN)]
    # Counting takes milliseconds where there are many, and is needed only if some are another account's.
    everything = len(timers) if len(emulator.accounts) == 1 else sum(owner in own for _, owner, _ in timers)
    return {
        "now_ms": emulator.clock.now(),
        "running": running,
        "step": emulator.clock.step_ms / 1000,
        "kind": "running" if running else "lesson" if controls.has_lesson_clock else "paused",
        "can_move": True,
        "timers": shown,
        "more_timers": max(0, everything - _SHOWN),
    }
