"""Agents that outlived a kernel that was killed: found by its ledger, and ended by a later one."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from helpers.live.ledger import find_abandoned

__all__ = ["FOLDER_PREFIX", "end_leftovers"]

FOLDER_PREFIX = "taskrouter-ngrok-"
"""Beginning of the name of a folder with an agent's settings; a random text follows, so that no two have one name."""

_END_SECONDS = 3.0
_LOOK_SECONDS = 0.01


def end_leftovers(ledgers: Path) -> int:
    """End the agents of kernels that were killed, print if there were any, and return their number.

    A process is ended only if its command line starts an agent with the settings file that was recorded, whose name no
    other process can have been given. That file goes, too: of an agent that was just starting it has the token. An
    agent that can't be ended stays recorded, and is printed.
    """
    ended = 0
    for ledger in find_abandoned(ledgers):
        with ledger:
            for agent in ledger.agents:
                found = list(_find(agent.settings))
                running = [process.pid for process in found if not _end(process)]
                ended += len(found) - len(running)
                folder = Path(agent.settings).parent
                if folder.name.startswith(FOLDER_PREFIX):
                    shutil.rmtree(folder, ignore_errors=True)
                if not running:
                    ledger.forget_agent(agent.settings)
                for pid in running:
                    print(f"An ngrok agent from a killed kernel can't be stopped: it still runs as process {pid}.")
    if ended:
        print("An ngrok agent from a killed kernel was still running. It's stopped now.")
    return ended


def _find(settings: str) -> Iterator[psutil.Process]:
    """Yield the processes that are agents with this settings file: one, or none if it has ended."""
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []  # None for another user's
        if "start" in words and "--config" in words and words[words.index("--config") + 1 :][:1] == [settings]:
            yield process


def _end(process: psutil.Process) -> bool:
    """End ``process``, and return True if it has ended, be it by itself."""
    try:
        process.terminate()
        if _ends(process):
            return True
        process.kill()
        return _ends(process)
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False


def _ends(process: psutil.Process) -> bool:
    """Return True once ``process`` has ended, noticed by its parent or not: in a container often none looks."""
    until = time.monotonic() + _END_SECONDS
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() >= until:
            return False
        time.sleep(_LOOK_SECONDS)
    return True
