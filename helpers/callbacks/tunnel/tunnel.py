"""A public URL for the listener, through pyngrok; nothing of pyngrok is touched before one is asked for."""

from __future__ import annotations

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

from helpers.callbacks.tunnel.agent_trouble import explain
from helpers.errors import TokenMissing, TunnelError

if TYPE_CHECKING:
    from pyngrok.conf import PyngrokConfig

__all__ = ["Tunnel"]

_VARIABLE = "NGROK_AUTHTOKEN"

STARTUP_SECONDS = 5
"""An agent that has network is up within one; pyngrok's own limit of 15 is long in a lesson."""

_NAME = "taskrouter-listener"
_READER_SECONDS = 5.0


class Tunnel:
    """At most one ngrok tunnel, and the agent it runs in."""

    def __init__(self) -> None:
        self.public_url: str | None = None
        self._config: PyngrokConfig | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._shared = False

    def open(self, url: str, auth_token: str | None = None, ngrok_path: str | None = None) -> str:
        """Lead a public URL to ``url`` and return it; an open tunnel stays as it is.

        Raises:
            TunnelError: why there is none.
        """
        if self.public_url is not None and self._agent() is not None:
            return self.public_url
        self.close()
        token = (auth_token or os.environ.get(_VARIABLE) or "").strip()
        if not token:
            raise TokenMissing
        trouble = self._try_to_open(url, token, ngrok_path)
        # Raised here, outside `except`: the original error may quote the token, and would be chained.
        if trouble is not None:
            raise trouble
        assert self.public_url is not None
        return self.public_url

    def _try_to_open(self, url: str, token: str, ngrok_path: str | None) -> TunnelError | None:
        from pyngrok.exception import PyngrokError

        try:
            self._connect(url, token, ngrok_path)
        except (PyngrokError, OSError, subprocess.SubprocessError) as error:
            self.close()
            return explain(error)
        except BaseException:  # an interrupt must not leave half an agent behind
            self.close()
            raise
        return None

    def _connect(self, url: str, token: str, ngrok_path: str | None) -> None:
        from pyngrok import ngrok, process
        from pyngrok.conf import PyngrokConfig

        logging.getLogger("pyngrok").setLevel(logging.CRITICAL + 1)  # its lines would reach stderr, token and all
        self._folder = TemporaryDirectory(prefix="taskrouter-ngrok-", ignore_cleanup_errors=True)
        settings = Path(self._folder.name) / "ngrok.yml"
        settings.write_text(json.dumps({"version": "3", "agent": {"authtoken": token}}))  # JSON is YAML too
        self._config = PyngrokConfig(
            ngrok_path=ngrok_path, config_path=str(settings), startup_timeout=STARTUP_SECONDS, config_version="3"
        )
        self._config.auth_token = None  # on the command line every user of the machine could read it
        self._shared = process.is_process_running(self._config.ngrok_path)
        with _environment(token), self._watchdog():
            ngrok.install_ngrok(self._config)
            ngrok.get_ngrok_process(self._config)
        self.public_url = ngrok.connect(url, name=_NAME, pyngrok_config=self._config).public_url

    @contextmanager
    def _watchdog(self) -> Iterator[None]:
        """End an agent that says nothing: pyngrok looks at its own limit only when a line arrives."""
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
        """pyngrok's record of our running agent; its public way of asking would wait for the start to end."""
        from pyngrok import process

        agent = process._current_processes.get(self._config.ngrok_path) if self._config else None
        return agent if agent is not None and agent.proc.poll() is None else None

    def close(self) -> None:
        """End the tunnel, and the agent unless it ran before; does nothing without one."""
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
    """The agent inherits the environment; an older token there must not contradict the one given."""
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = token
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before
