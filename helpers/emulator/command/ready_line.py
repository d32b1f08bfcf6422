"""Ready line: what clients must know, printed once the server answers."""

from __future__ import annotations

import json
import shlex

from ..server import RunningEmulator

__all__ = ["ready_line"]

_VARIABLES = {"url": "TASKROUTER_URL", "account_sid": "TWILIO_ACCOUNT_SID", "auth_token": "TWILIO_AUTH_TOKEN"}


def ready_line(running: RunningEmulator, *, as_variables: bool) -> str:
    """Return one line of JSON, or variables for a shell, one a line."""
    ready = {"url": running.url, "account_sid": running.account_sid, "auth_token": running.auth_token}
    if not as_variables:
        return json.dumps(ready)
    return "\n".join(f"{_VARIABLES[name]}={shlex.quote(value)}" for name, value in ready.items())
