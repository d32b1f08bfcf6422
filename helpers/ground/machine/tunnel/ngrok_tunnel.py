"""Public URL for the listener through pyngrok, which is imported only when a tunnel is opened."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from helpers.errors.tunnel_errors import TokenMissing, TunnelError
from helpers.ground.edge_responses import explain_response
from helpers.ground.machine.tunnel.agent_trouble import explain
from helpers.ground.machine.tunnel.leftover_agents import end_leftovers
from helpers.ground.machine.tunnel.liveness import find_trouble
from helpers.ground.machine.tunnel.ngrok_agent import NgrokAgent

__all__ = ["NgrokTunnel"]

LOOK_SECONDS = 2.0
"""Pause between two questions to the agent, so that each view can ask for trouble whenever it draws."""


class NgrokTunnel:
    """Owner of at most one ngrok tunnel and its agent; the arguments are those of ``Ground.make_tunnel``."""

    def __init__(self, *, domain: str | None, auth_token: str | None, ngrok_path: str | None, ledgers: Path) -> None:
        self._domain = domain
        self._token = (auth_token or "").strip()
        self._ngrok_path = ngrok_path
        self._ledgers = ledgers
        self.public_url: str | None = None
        self._name = ""
        self._agent: NgrokAgent | None = None
        self._trouble: str | None = None
        self._look_again = 0.0

    @property
    def inspector_url(self) -> str | None:
        """URL of the agent's own page, with its requests: http://127.0.0.1:4040, unless that port is in use."""
        agent = None if self._agent is None else self._agent.find()
        return None if agent is None else agent.api_url

    def lose(self) -> bool:
        """Kill the agent, and return True unless there is none of ours."""
        return self._agent is not None and self._agent.kill()

    def trouble(self) -> str | None:
        """Return a sentence if the tunnel has ended or changed since it was opened, else None.

        An agent that has ended is noticed at once. For the rest it is asked every two seconds at most.
        """
        public_url, own = self.public_url, self._agent  # read once: views ask from threads while it is being closed
        if public_url is None or own is None:
            return None
        agent = own.find()
        if agent is None or time.monotonic() >= self._look_again:
            self._look_again = time.monotonic() + LOOK_SECONDS  # first, so that others don't ask a slow agent, too
            self._trouble = find_trouble(agent, self._name, public_url)
        return self._trouble

    def explain(self, status: int, headers: Mapping[str, str]) -> str | None:
        """Return a sentence about a response that isn't the listener's, or None if nothing is known of it."""
        return explain_response(status, headers)

    def open(self, url: str) -> str:
        """Open a tunnel to ``url``, unless one is open and works, and return its public URL.

        An agent that a killed kernel left is ended before: a free account has one domain, and the agent has that.

        Raises:
            LedgerProblem: the agent can't be recorded, and so isn't started.
            TunnelError: there is no tunnel; the subclass says why.
        """
        if self.public_url is not None and self.trouble() is None:
            return self.public_url
        self.close()
        if not self._token:
            raise TokenMissing
        end_leftovers(self._ledgers)
        trouble = self._try_to_open(url)
        # Raised here, outside `except`: the original error can quote the token, and would be chained.
        if trouble is not None:
            raise trouble
        assert self.public_url is not None
        return self.public_url

    def close(self) -> None:
        """Close the tunnel, if there is one, and end its agent unless that ran before."""
        public_url, self.public_url = self.public_url, None
        agent, self._agent = self._agent, None
        if agent is not None:
            agent.end(public_url)

    def _try_to_open(self, url: str) -> TunnelError | None:
        from pyngrok.exception import PyngrokError

        try:
            self._connect(url)
        except (PyngrokError, OSError, subprocess.SubprocessError) as error:
            self.close()
            return explain(error, self._token)
        except BaseException:  # an interrupt must not leave half an agent behind
            self.close()
            raise
        return None

    def _connect(self, url: str) -> None:
        from pyngrok import ngrok

        self._agent = NgrokAgent(self._ngrok_path, self._ledgers)
        self._agent.start(self._token)
        wanted = {"url": f"https://{self._domain}"} if self._domain else {}
        self._name = f"taskrouter-listener-{urlsplit(url).port}"  # a shared agent can have one for each listener
        opened = ngrok.connect(url, name=self._name, pyngrok_config=self._agent.config, **wanted)
        self.public_url = opened.public_url
        self._trouble, self._look_again = None, time.monotonic() + LOOK_SECONDS
