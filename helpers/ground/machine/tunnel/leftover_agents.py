"""Agents that outlived a kernel that was killed: found by its ledger, and ended by a later one."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import psutil

from helpers.live.ledger import Agent, find_abandoned

__all__ = ["FOLDER_PREFIX", "end_leftovers", "start_time"]

FOLDER_PREFIX = "taskrouter-ngrok-"
"""Beginning of the name of a folder with an agent's settings, by which its command line shows that it is ours."""

_CLOCK_SECONDS = 60.0
"""Time by which the clock can have been set since: Linux tells start times by it. No number is used again so soon."""

_END_SECONDS = 3.0


def start_time(pid: int) -> float:
    """Return the time in epoch seconds at which the process ``pid`` started.

    Raises:
        ProcessLookupError: it has ended.
    """
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        raise ProcessLookupError from None


def end_leftovers(ledgers: Path) -> int:
    """End the agents of kernels that were killed, print if there were any, and return their number.

    A process is ended only if number, start time and command line are those of the agent that was recorded.
    """
    ended = 0
    for ledger in find_abandoned(ledgers):
        with ledger:
            for agent in ledger.agents:
                ended += _end(agent)
                ledger.forget_agent(agent.pid)
    if ended:
        print("An ngrok agent was still running, of a kernel that was killed. It is ended now.")
    return ended


def _end(agent: Agent) -> bool:
    try:
        process = psutil.Process(agent.pid)
        settings = _settings_of(process) if abs(process.create_time() - agent.started) < _CLOCK_SECONDS else None
        if settings is None:
            return False
        process.terminate()
        try:
            process.wait(_END_SECONDS)
        except psutil.TimeoutExpired:
            process.kill()
    except (psutil.NoSuchProcess, psutil.AccessDenied):  # it has ended, or its number is another user's now
        return False
    shutil.rmtree(settings.parent, ignore_errors=True)
    return True


def _settings_of(process: psutil.Process) -> Path | None:
    """Return the agent's settings file, None if the process isn't an agent that a kernel of ours started."""
    words = process.cmdline()
    with suppress(ValueError, IndexError):
        settings = Path(words[words.index("--config") + 1])
        if settings.parent.name.startswith(FOLDER_PREFIX):
            return settings
    return None
