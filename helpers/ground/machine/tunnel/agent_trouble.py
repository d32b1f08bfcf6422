"""Errors of pyngrok and its agent, turned into errors that tell the learner what to do."""

from __future__ import annotations

import re

from helpers.errors import (
    AgentMissing,
    AgentNotExecutable,
    AgentSettings,
    AgentStopped,
    AgentTooOld,
    TokenMissing,
    TokenRefused,
    TooManySessions,
    TunnelError,
)

__all__ = ["explain"]

_BY_CODE: dict[str, type[TunnelError]] = {
    "ERR_NGROK_105": TokenRefused,  # doesn't look like a token
    "ERR_NGROK_107": TokenRefused,  # looks like one, but isn't valid, or no longer
    "ERR_NGROK_108": TooManySessions,
    "ERR_NGROK_4018": TokenMissing,
}
"""Source: ngrok's list of errors."""

_CODE = re.compile(r"ERR_NGROK_[0-9]+")


def explain(error: Exception) -> TunnelError:
    """Return the error to raise for ``error``, without its text, which can quote the authtoken."""
    from pyngrok import exception as pyngrok

    if isinstance(error, pyngrok.PyngrokNgrokInstallError):
        return AgentMissing()
    if isinstance(error, pyngrok.PyngrokNgrokHTTPError) and error.status_code == 404:
        return AgentTooOld()
    if isinstance(error, pyngrok.PyngrokNgrokError):
        return _explain_agent(error)
    if isinstance(error, pyngrok.PyngrokError):
        return AgentSettings()
    if isinstance(error, OSError):
        return AgentNotExecutable()
    return AgentStopped()


def _explain_agent(error: Exception) -> TunnelError:
    found = _CODE.search(f"{getattr(error, 'ngrok_error', '')} {error}")
    code = found.group() if found else None
    known = _BY_CODE.get(code or "")
    if known is not None:
        return known()
    said = {getattr(line, "msg", None) for line in getattr(error, "ngrok_logs", [])}
    # The agent reached ngrok, and pyngrok still found no API that it knows: the agent is too old.
    if code is None and "client session established" in said:
        return AgentTooOld()
    return AgentStopped(code)
