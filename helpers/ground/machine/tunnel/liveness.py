"""Liveness of an open tunnel: the agent's process, its session with ngrok, and its tunnels."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any
from urllib.request import ProxyHandler, build_opener

__all__ = ["find_trouble"]

_ANSWER_SECONDS = 1.0

_CONNECTED = "client session established", "tunnel session started"
_LOST = (
    "failed to reconnect session",
    "heartbeat timeout, terminating session",
    "session closed, starting reconnect loop",
)
"""Messages of the agent's log. Source: the real agent, and golang.ngrok.com/ngrok, which it is made of."""


def find_trouble(agent: Any, name: str, public_url: str) -> str | None:
    """Return a sentence if the tunnel ``name`` no longer leads from ``public_url``, else None.

    Args:
        agent: pyngrok's record of the running agent, None if it has ended.
    """
    if agent is None:
        return f"The tunnel at {public_url} has ended, because the ngrok agent isn't running any more."
    if _has_lost_ngrok(agent):
        return f"The ngrok agent has lost its connection and is trying again. Requests to {public_url} may not arrive."
    tunnels = _read_tunnels(agent.api_url)
    if tunnels is None or any(_url_of(tunnel) == public_url for tunnel in tunnels):
        return None  # an agent that is slow to answer isn't known to be in trouble
    now = next((_url_of(tunnel) for tunnel in tunnels if tunnel.get("name") == name), None)
    if now is not None:
        return f"The tunnel's public URL is {now} now, no longer {public_url}."
    return f"The tunnel at {public_url} is closed. The ngrok agent is running, but no longer has this tunnel."


def _has_lost_ngrok(agent: Any) -> bool:
    said = [line.msg for line in list(agent.logs) if line.msg in _CONNECTED + _LOST]
    return bool(said) and said[-1] in _LOST


def _read_tunnels(api_url: str) -> list[dict[str, Any]] | None:
    """Return the tunnels of the agent whose API is at ``api_url``, None if it doesn't answer in time."""
    opener = build_opener(ProxyHandler({}))  # a proxy can't reach this machine's own agent
    try:
        with opener.open(f"{api_url}/api/endpoints", timeout=_ANSWER_SECONDS) as answer:
            found = json.load(answer)
    except (OSError, HTTPException, ValueError):
        return None
    return list(found.get("endpoints") or [])


def _url_of(tunnel: dict[str, Any]) -> str | None:
    return tunnel.get("url") or tunnel.get("public_url")
