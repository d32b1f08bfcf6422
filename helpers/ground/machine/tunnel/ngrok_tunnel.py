"""Public URL for the listener through pyngrok, which is imported only when a tunnel is opened."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from helpers.errors import TokenMissing, TunnelError
from helpers.ground.machine.tunnel.agent_trouble import explain
from helpers.ground.machine.tunnel.liveness import find_trouble

if TYPE_CHECKING:
    from pyngrok.conf import PyngrokConfig

__all__ = ["NgrokTunnel"]

_VARIABLE = "NGROK_AUTHTOKEN"

STARTUP_SECONDS = 5
"""Time limit for the agent to start. With network it needs less than one; pyngrok's own limit is 15."""

LOOK_SECONDS = 2.0
"""Pause between two questions to the agent, so that each view can ask for trouble whenever it draws."""

_NAME = "taskrouter-listener"
_READER_SECONDS = 5.0


class NgrokTunnel:
    """Owner of at most one ngrok tunnel and its agent; the arguments are those of :class:`.TunnelMaker`."""

    def __init__(
        self, *, domain: str | None = None, auth_token: str | None = None, ngrok_path: str | None = None
    ) -> None:
        self._domain = domain
        self._token = (auth_token or "").strip()
        self._ngrok_path = ngrok_path
        self.public_url: str | None = None
        self._config: PyngrokConfig | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._shared = False
        self._trouble: str | None = None
        self._look_again = 0.0

    @property
    def inspector_url(self) -> str | None:
        """URL of the agent's own page, with its requests: http://127.0.0.1:4040, unless that port is in use."""
        agent = self._agent()
        return agent.api_url if agent is not None else None

    def lose(self) -> bool:
        """Kill the agent, and return True unless there is none of ours."""
        agent = None if self._shared else self._agent()
        if agent is not None:
            agent.proc.kill()
            agent.proc.wait()
        return agent is not None

    def trouble(self) -> str | None:
        """Return a sentence if the tunnel has ended or changed since it was opened, else None.

        An agent that has ended is noticed at once. For the rest it is asked every two seconds at most.
        """
        if self.public_url is None:
            return None
        agent = self._agent()
        if agent is None or time.monotonic() >= self._look_again:
            self._trouble = find_trouble(agent, _NAME, self.public_url)
            self._look_again = time.monotonic() + LOOK_SECONDS
        return self._trouble

    def explain(self, status: int, headers: Mapping[str, str]) -> str | None:
        """Return a sentence about a response with ngrok's error code."""
        code = headers.get("Ngrok-Error-Code")
        return None if code is None else f"ngrok answered with {code} (see ngrok.com/docs/errors)."

    def open(self, url: str) -> str:
        """Open a tunnel to ``url``, unless one is open, and return its public URL.

        Raises:
            TunnelError: there is no tunnel; the subclass says why.
        """
        if self.public_url is not None and self.trouble() is None:
            return self.public_url
        self.close()
        if not self._token:
            raise TokenMissing
        trouble = self._try_to_open(url)
        # Raised here, outside `except`: the original error can quote the token, and would be chained.
        if trouble is not None:
            raise trouble
        assert self.public_url is not None
        return self.public_url

    def _try_to_open(self, url: str) -> TunnelError | None:
        from pyngrok.exception import PyngrokError

        try:
            self._connect(url)
        except (PyngrokError, OSError, subprocess.SubprocessError) as error:
            self.close()
            return explain(error)
        except BaseException:  # an interrupt must not leave half an agent behind
            self.close()
            raise
        return None

    def _connect(self, url: str) -> None:
        from pyngrok import ngrok, process
        from pyngrok.conf import PyngrokConfig

        logging.getLogger("pyngrok").setLevel(logging.CRITICAL + 1)  # it would write to stderr, token included
        self._folder = TemporaryDirectory(prefix="taskrouter-ngrok-", ignore_cleanup_errors=True)
        settings = Path(self._folder.name) / "ngrok.yml"
        settings.write_text(json.dumps({"version": "3", "agent": {"authtoken": self._token}}))  # JSON is YAML too
        self._config = PyngrokConfig(
            ngrok_path=self._ngrok_path, config_path=str(settings), startup_timeout=STARTUP_SECONDS, config_version="3"
        )
        self._config.auth_token = None  # on the command line every user of the machine could read it
        self._shared = process.is_process_running(self._config.ngrok_path)
        with _environment(self._token), self._watchdog():
            ngrok.install_ngrok(self._config)
            ngrok.get_ngrok_process(self._config)
        wanted = {"url": f"https://{self._domain}"} if self._domain else {}
        self.public_url = ngrok.connect(url, name=_NAME, pyngrok_config=self._config, **wanted).public_url
        self._trouble, self._look_again = None, time.monotonic() + LOOK_SECONDS

    @contextmanager
    def _watchdog(self) -> Iterator[None]:
        """End an agent that stays silent: pyngrok checks its time limit only when the agent logs a line."""
        timer = threading.Timer(STARTUP_SECONDS + 1, self._end_agent)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end_agent(self) -> None:
        agent = self._agent()
        if agent is not None:
            agent.proc.kill()

    def _agent(self) -> Any:
        """Return pyngrok's record of our running agent, or None; its public function waits until the start ends."""
        from pyngrok import process

        agent = process._current_processes.get(self._config.ngrok_path) if self._config else None
        return agent if agent is not None and agent.proc.poll() is None else None

    def close(self) -> None:
        """Close the tunnel, if there is one, and end its agent unless that ran before."""
        public_url, self.public_url = self.public_url, None
        config, self._config = self._config, None
        folder, self._folder = self._folder, None
        if config is not None and self._shared:
            _disconnect(config, public_url)
        elif config is not None:
            _kill(config)
        if folder is not None:
            folder.cleanup()


def _disconnect(config: PyngrokConfig, public_url: str | None) -> None:
    from pyngrok import ngrok
    from pyngrok.exception import PyngrokError

    with suppress(PyngrokError, OSError):  # an agent that is gone has no tunnel left
        if public_url is not None:
            ngrok.disconnect(public_url, config)


def _kill(config: PyngrokConfig) -> None:
    from pyngrok import ngrok, process

    agent = process._current_processes.get(config.ngrok_path)
    reader = agent._monitor_thread if agent is not None else None
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
