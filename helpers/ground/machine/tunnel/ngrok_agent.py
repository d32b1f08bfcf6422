"""Agent of ngrok's, as a process that pyngrok starts: in a session of its own, on record, and ended with the kernel."""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from helpers.ground.machine.tunnel.agent_file import download_if_missing, own_path
from helpers.ground.machine.tunnel.leftover_agents import FOLDER_PREFIX
from helpers.live.ledger import Ledger

if TYPE_CHECKING:
    from pyngrok.conf import PyngrokConfig

__all__ = ["NgrokAgent"]

_VARIABLE = "NGROK_AUTHTOKEN"

STARTUP_SECONDS = 10
"""Time limit for the agent to start. With network it needs less than one, unless the system looks for malware in a new
program first; without, it would go on trying."""

_GOODBYE_SECONDS = 2.0
"""Time limit for the agent to tell ngrok that it ends; one that is killed can leave its URL taken for a while."""

_READER_SECONDS = 5.0


class NgrokAgent:
    """Agent that this kernel runs, or shares if the learner's own code has already started it through pyngrok.

    Args:
        ngrok_path: its file, or None for the one that pyngrok downloads.
        ledgers: folder for the ledger by which a later kernel finds it if this one is killed.
    """

    def __init__(self, ngrok_path: str | None, ledgers: Path) -> None:
        from pyngrok import process
        from pyngrok.conf import PyngrokConfig

        logging.getLogger("pyngrok").setLevel(logging.CRITICAL + 1)  # it would write to stderr, token included
        self._folder = TemporaryDirectory(prefix=FOLDER_PREFIX, ignore_cleanup_errors=True)
        self._settings = Path(self._folder.name) / "ngrok.yml"
        self.config: PyngrokConfig = PyngrokConfig(
            ngrok_path=ngrok_path or own_path(),
            config_path=str(self._settings),
            startup_timeout=STARTUP_SECONDS,
            config_version="3",
            # Jupyter's interrupt goes to the kernel's whole process group. On Windows it reaches the kernel alone.
            start_new_session=os.name == "posix",
        )
        self.config.auth_token = None  # on the command line every user of the machine could read it
        self._is_shared = process.is_process_running(self.config.ngrok_path)
        self._ledgers = ledgers
        self._ledger: Ledger | None = None

    def start(self, token: str) -> None:
        """Start it, unless it is shared.

        Raises:
            AgentMissing: its file isn't there.
            LedgerProblem: it can't be recorded, and so isn't started.
            PyngrokError, OSError: it doesn't run; the text can quote ``token``.
        """
        from pyngrok import ngrok

        if self._is_shared:
            return
        download_if_missing(self.config.ngrok_path)
        self._ledger = Ledger.begin(self._ledgers)
        atexit.register(self.end)
        self._ledger.note_agent(str(self._settings))
        self._write({"version": "3", "agent": {"authtoken": token}})
        with _environment(token), self._watchdog():
            ngrok.get_ngrok_process(self.config)
        self._write({"version": "3"})  # what it may read again; the token is in its environment

    def find(self) -> Any:
        """Return pyngrok's record of it while it runs, else None; pyngrok's own function waits until a start ends."""
        from pyngrok import process

        found = process._current_processes.get(self.config.ngrok_path)
        return found if found is not None and found.proc.poll() is None else None

    def end(self, public_url: str | None = None) -> None:
        """End it; of one that is shared only close the tunnel at ``public_url``."""
        if self._is_shared:
            _disconnect(self.config, public_url)
        else:
            _end(self.config)
            atexit.unregister(self.end)
        self._folder.cleanup()
        if self._ledger is not None:
            self._ledger.forget_agent(str(self._settings))
            self._ledger.close()
            self._ledger = None

    def kill(self) -> bool:
        """Kill it without a word to ngrok, and return True unless it is shared or has ended."""
        agent = None if self._is_shared else self.find()
        if agent is not None:
            agent.proc.kill()
            agent.proc.wait()
        return agent is not None

    def _write(self, settings: object) -> None:
        self._settings.write_text(json.dumps(settings))  # JSON is YAML too

    @contextmanager
    def _watchdog(self) -> Iterator[None]:
        """End an agent that stays silent: pyngrok checks its time limit only when the agent logs a line."""
        timer = threading.Timer(STARTUP_SECONDS + 1, self.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _disconnect(config: PyngrokConfig, public_url: str | None) -> None:
    from pyngrok import ngrok
    from pyngrok.exception import PyngrokError

    with suppress(PyngrokError, OSError):  # an agent that is gone has no tunnel left
        if public_url is not None:
            ngrok.disconnect(public_url, config)


def _end(config: PyngrokConfig) -> None:
    from pyngrok import ngrok, process

    agent = process._current_processes.get(config.ngrok_path)
    reader = agent._monitor_thread if agent is not None else None
    if agent is not None:
        agent.proc.terminate()
        with suppress(subprocess.TimeoutExpired):
            agent.proc.wait(_GOODBYE_SECONDS)
    ngrok.kill(config)
    if reader is not None:
        reader.join(_READER_SECONDS)  # it would raise, in its own thread, on a pipe that closes under it
    if agent is not None and agent.proc.stdout is not None:
        agent.proc.stdout.close()


@contextmanager
def _environment(token: str) -> Iterator[None]:
    """Set the token in the environment, which the agent inherits, so that an older one doesn't contradict it."""
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = token
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before
